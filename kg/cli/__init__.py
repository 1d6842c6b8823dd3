"""The command `kg`: words and options in, the library's answers out; nothing but data on standard output."""

from __future__ import annotations

import sys

import click

from kg import __version__
from kg.cli import (
    analysing, asking, changing, checking, deciding, demo, explaining, meaning, pushing, reading, scoring, seeing,
    serving, showing,
)  # fmt: skip


class Group(click.Group):
    """Commands in the order of a user's day rather than of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands in the order in which they were added."""
        return list(self.commands)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """From news articles to a knowledge graph in which every edge shows its words, its article and its speaker.

    \b
    kg build articles/            read articles into ./news.kg
    kg ask acquisitions           a named question; or SPARQL: kg ask "SELECT ..."
    kg show Amazon                everything known of an entity
    kg path Amazon "Neil Lindsay" how two things are connected
    kg timeline Amazon            what happened, in the order of time
    kg explain claim/5fd9f983     why: the words, the parse, the rule
    kg check                      which fact breaks which rule
    kg merges Amazon              why these names are one thing; kg merge, kg split overrule it
    kg view --open                look at the graph in a browser

    Exit status: 0 fine, 1 some input failed, 2 wrong use.
    """


for _command in (
    changing.build, changing.remove, asking.ask, showing.show, showing.path, showing.timeline, explaining.explain,
    deciding.merges, deciding.merge, deciding.split, checking.check, showing.info, seeing.view, analysing.analyze,
    serving.serve, seeing.export, pushing.push,
    reading.extract, reading.annotate, meaning.ontology, scoring.score, demo.demo,
):  # fmt: skip
    cli.add_command(_command)


def main() -> None:
    """Entry point of the console command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    cli(prog_name="kg")


__all__ = ["cli", "main"]
