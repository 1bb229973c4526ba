"""Whether a meeting was held, and if not, why: codes and words."""

from __future__ import annotations

HELD, IN_TENSION, NO_RESULT, WAR = 0, 1, 2, 3
CAUSES = {
    HELD: "held",
    IN_TENSION: "called off in tension",
    NO_RESULT: "called off because no result was in sight",
    WAR: "war came first",
}
