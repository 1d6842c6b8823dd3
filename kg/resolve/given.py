"""Given names that are mostly women's or mostly men's: a hint which person "she" or "he" means, never a fact.

What the text itself tells (a pronoun, a title, a noun) comes first and stands against any name; a name that both bear
("Kim", "Robin", "Andrea") is not listed. Nothing of this goes into the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.resolve.words import Gender, listed

FITS: Final = 1.25
"""How much more a person is meant whose given name usually goes with the pronoun."""
FITS_NOT: Final = 0.1
"""How much less one whose given name usually goes with the other one."""

WOMEN: Final = listed(
    "abigail ada adele agnes aisha alice alicia alison allison amanda amara amelia amina amy ana anastasia "
    "angela angelina anita ann anna anne annette annie anya aoife audrey barbara beatrice becky bella bernadette "
    "beth bethany betty beverly brenda bridget brigitte camilla carla carmen carol carole caroline carolyn "
    "catherine cathy cecilia celia charlotte chelsea cheryl chiara chloe christina christine ciara claire clara "
    "claudia colleen constance cynthia daisy daniela dawn deborah debbie debra denise diana diane dolores donna "
    "dora doris dorothy edith eileen elaine eleanor elena elif elisabeth elise eliza elizabeth ella ellen eloise "
    "elsa emilia emily emma erica erika esther eva evelyn fatima fatma felicity fiona florence frances freya "
    "gabriela gail gemma georgia georgina geraldine gillian giulia gloria grace greta gwen hannah harriet hazel "
    "heather heidi helen helena hilary hilda hillary holly ida imogen ines ingrid irene irina iris isabel "
    "isabella isla ivana jacqueline jane janet janice jasmine jeanne jennifer jenny jessica jill joan joanna "
    "joanne josephine joyce judith judy julia juliana julie juliet karen karin kate katherine kathleen kathryn "
    "kathy katie katya kayla keira kimberly kirsten kristen kristin kristina latifa laura lauren leah leila lena "
    "lillian lily linda lisa liz lorraine louise lucia lucy luisa lydia lynn madeleine maggie malala margaret "
    "margarita maria mariam mariana marie marina marion marisol marjorie marta martha mary matilda maureen meera "
    "megan meghan melania melanie melissa mercedes michelle mildred miranda miriam molly monica monika nadia "
    "nancy naomi natalia natalie natasha nicola nicole nina nora norma olga olivia pamela patricia paula pauline "
    "peggy penelope penny phoebe phyllis polly priya rachel rebecca regina renee rhonda rita roberta rosa "
    "rosalind rose rosemary rosie ruth sabrina sally samantha samira sandra sara sarah selina serena shannon "
    "sheila shirley silvia siobhan sofia sonia sophia sophie stella stephanie sue susan susanna suzanne svetlana "
    "sybil sylvia tamara tanya tara tatiana teresa thelma theresa tiffany tina tracy ursula valentina valerie "
    "vanessa vera veronica victoria violet virginia vivian wanda wendy winifred yasmin yolanda yvette yvonne "
    "zainab zara zoe"
)

MEN: Final = listed(
    "aaron abdul abdullah abraham adam adrian ahmad ahmed aidan alan albert alberto alejandro alessandro "
    "alexander alfred ali alistair allan allen andre andreas andres andrew angus anthony antonio anton archie "
    "arnold arthur barack barry bart ben benedict benjamin bernard bernie bill billy bjorn bob boris brad "
    "bradley brandon brendan brett brian bruce bruno carl carlo carlos cedric cesar chad charles charlie "
    "christian christopher chuck clarence clement clive colin connor craig curtis cyril dan daniel darren dave "
    "david dean declan dennis derek desmond dick diego dimitri dmitry dominic don donald douglas duncan dwight "
    "dylan earl ed eddie edgar edmund eduardo edward edwin eli elias elliot emmanuel eric ernest erik ethan "
    "eugene evan felipe felix ferdinand fernando finn floyd francesco francisco francois frank franklin fred "
    "frederick gareth gary gavin geoff geoffrey george gerald gerard gilbert giovanni giuseppe glenn gordon "
    "graham greg gregory guillermo gus gustav guy hamza hank hans harold harry hassan hector henrik henry "
    "herbert herman howard hugh hugo ian ibrahim igor isaac ismail ivan jack jacob jacques jake james jamal "
    "jared jason javier jeff jeffrey jeremy jerome jerry jesus jim jimmy joao joe joel johan john johnny jon "
    "jonas jonathan jorge jose josef joseph joshua juan julian julio julius jurgen justin karl karim keith ken "
    "kenneth kevin khalid klaus kurt kyle lance larry lars laurence lawrence leo leon leonard leonid leroy lewis "
    "liam lionel lloyd louis luca lucas luigi luis luke magnus malcolm manuel marc marcel marco marcus mario "
    "mark markus marshall martin marvin mateo mats matt matteo matthew maurice max maximilian michael miguel "
    "mikael mike mikhail miles mitch mohamed mohammad mohammed morris muhammad mustafa nathan nathaniel ned neil "
    "nelson niall nicholas nick nigel nikolai noah norman oleg oliver olivier omar oscar otto owen pablo patrick "
    "paul pedro percy pete peter petr philip philippe phil pierre piotr rafael ralph ramon randall randy raphael "
    "rashid raul ray raymond reginald rex ricardo richard rick rob robert roberto rodney rodrigo roger roland "
    "ron ronald ross roy rupert russell ryan salman salvatore samir samuel santiago scott sean sebastian sergei "
    "sergey sergio seth simon stanley stefan stephen steve steven stewart stuart sven tariq ted terence terrence "
    "theo theodore thomas tim timothy tobias todd tom tommy tony travis trevor tyler ulrich umberto vernon "
    "victor viktor vincent vladimir wade wallace walter warren wayne wilfred wilhelm will william winston "
    "wolfgang xavier yusuf zachary"
)


def usual(words: Sequence[str]) -> Gender | None:
    """The gender that the given name of a person's name, in its normal form, usually goes with.

    >>> usual(("helen", "marsh")), usual(("paul", "roe")), usual(("kim", "lund")), usual(("scott",))
    ('f', 'm', None, None)
    """
    given = words[0] if len(words) > 1 else ""  # «Scott» alone is a surname
    return "f" if given in WOMEN else "m" if given in MEN else None


SHORT: Final[dict[str, frozenset[str]]] = {
    "al": listed("albert alan allen alfred"), "alex": listed("alexander alexandra alexandre aleksandr"),
    "andy": listed("andrew andreas"), "ben": listed("benjamin benedict"), "bernie": listed("bernard"),
    "bill": listed("william"), "billy": listed("william"), "bob": listed("robert"), "bobby": listed("robert"),
    "charlie": listed("charles"), "chris": listed("christopher christian christine"), "chuck": listed("charles"),
    "dan": listed("daniel"), "dave": listed("david"), "dick": listed("richard"), "don": listed("donald"),
    "doug": listed("douglas"), "ed": listed("edward edmund edwin"), "eddie": listed("edward"),
    "fred": listed("frederick alfred"), "geoff": listed("geoffrey"), "greg": listed("gregory"),
    "jack": listed("john"), "jeff": listed("jeffrey"), "jerry": listed("gerald jerome"), "jim": listed("james"),
    "jimmy": listed("james"), "joe": listed("joseph"), "jon": listed("jonathan"), "josh": listed("joshua"),
    "kate": listed("katherine kathleen catherine"), "ken": listed("kenneth"), "larry": listed("lawrence laurence"),
    "liz": listed("elizabeth"), "maggie": listed("margaret"), "matt": listed("matthew"), "mike": listed("michael"),
    "mitch": listed("mitchell"), "nick": listed("nicholas nicolas"), "pat": listed("patrick patricia"),
    "pete": listed("peter"), "phil": listed("philip phillip"), "ray": listed("raymond"), "rick": listed("richard"),
    "rob": listed("robert"), "ron": listed("ronald"), "sam": listed("samuel samantha"),
    "steve": listed("steven stephen"), "sue": listed("susan"), "ted": listed("edward theodore"),
    "tim": listed("timothy"), "tom": listed("thomas"), "tony": listed("anthony antonio"), "vince": listed("vincent"),
    "will": listed("william"),
}  # fmt: skip
"""Short given names and the ones that they are short for."""


def short_for(a: str, b: str) -> bool:
    """Whether one given name is a usual short form of the other.

    >>> short_for("Joe".lower(), "joseph"), short_for("robert", "bob"), short_for("jim", "john")
    (True, True, False)
    """
    return b in SHORT.get(a, ()) or a in SHORT.get(b, ())


__all__ = ["FITS", "FITS_NOT", "short_for", "usual"]
