"""The report as one HTML file: no network, no script, light and dark, screen and paper."""

from __future__ import annotations

from collections.abc import Mapping

from altair.utils.schemapi import debug_mode

from detente.analysis.answer import Run
from detente.analysis.outside_view import ahead
from detente.analysis.uncertainty import POINTS
from detente.bargaining.protocols import protocol
from detente.figures.naming import Names
from detente.figures.theme import css_properties
from detente.published import PEACE_AGREEMENTS
from detente.report import page, whose_word
from detente.report.answering import answer_sentences
from detente.report.outside import NONE_NAMED, sentences
from detente.report.outside_page import outside_page
from detente.report.rendering import environment
from detente.report.sentences import rounds_of, would_be_wrong
from detente.situation.dumping import content_hash


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render(run: Run, *, file: str, version: str, laid: Mapping[str, str] | None = None) -> str:
    """The page for one run.

    Args:
        run: what was computed; every word and picture comes from it.
        file: what was run, as the user named it.
        version: of the program that ran it.
        laid: what was laid on the file, by address; by default what the command line set.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    situation = run.situation
    names = Names(situation)
    first, whether, bases = page.overview(run)
    view = ahead(run)
    return environment().get_template("report.html.j2").render(
        situation=situation,
        names=names,
        sentences=answer_sentences(run),
        rounds=[names.round(name) for name in rounds_of(run)],
        question=page.question(run),
        chances=page.chances(run),
        apart=page.apart(run),
        forecast=first,
        causes=whether,
        outside=outside_page(names, view) if view else None,
        none_named=NONE_NAMED,
        views=sentences(names, view) if view else (),
        readings=page.readings(run),
        bases=bases,
        supports=whose_word.supports(run),
        defaults=whose_word.defaults(run),
        claims=whose_word.claim_views(run),
        sources=run.claims.sources.values() if run.claims else (),
        not_modelled=sum(len(n.at) for n in run.claims.not_modelled) if run.claims else 0,
        links=page.links(run),
        wrong=[s for s in (would_be_wrong(run, r) for r in rounds_of(run)) if s],
        plan=run.plan,
        first=run.first,
        protocol=protocol(run.protocol),
        points=POINTS,
        collapse=PEACE_AGREEMENTS,
        runup=any(answer.road for answer in run.answers),
        aftermath=situation.aftermath is not None,
        laid=dict(page.settings(run)) if laid is None else laid,
        digest=content_hash(situation),
        file=file,
        version=version,
        light=css_properties("light"),
        dark=css_properties("dark"),
    )  # fmt: skip
