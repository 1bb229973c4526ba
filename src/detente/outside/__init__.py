"""The outside view: how often it went so in cases like this one, whoever the parties are."""
