"""Sentences of our own with made-up names of the kinds that the open sets hardly mark.

The sets hold few products, events, works and laws, and a network that never sees one calls it an organisation.
The sentences below say in plain words what such a name is the name of; the names are drawn anew each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from kg.language.kinds import ONLY_OUTSIDE, listed
from kg.language.train.awkward import Namer
from kg.language.train.names import Found, mark
from kg.language.train.treebank import Sentence

SENTENCES = """
Deliveries of the {Product} will begin in {month} , {Organization} said .
{Organization} has sold 40 {Product} since the spring .
The airline ordered 12 {Product} and took options on six more .
An engine of the {Product} caught fire on the runway in {Place} .
{Organization} unveiled the {Product} , a small car for city streets .
The new {Product} costs $ 399 and goes on sale next week .
Users of {Product} complained that their messages had disappeared .
{Organization} recalled 20,000 {Product} because of faulty brakes .
He drove a {Product} and carried an old {Product} in the boot .
The {Product} , which {Organization} builds in {Place} , can carry 300 passengers .
Production of the {Product} moved from {Place} to {Place} .
A {Organization} {Product} crashed near {Place} late on {day} .
{Person} flew the first {Product} in a test over {Place} .
The regulator approved {Product} , a drug for adults with asthma .
{Product} is the company 's best-selling phone .
She downloaded {Product} and opened an account .
The army fired two {Product} missiles at the base .
Sales of the {Product} fell 9 % while the {Product} did well .
{Organization} 's {Product} competes with {Organization} 's {Product} .
{Organization} and {Organization} both showed electric models , the {Product} and the {Product} .
{Organization} makes the {Product} , {Product} and {Product} vans .
{Organization} shut down {Product} , its music service , in {month} .
The {Event} opened in {Place} on {day} .
{Person} won gold at the {Event} .
More than 300 exhibitors came to the {Event} in {Place} .
{Event} killed at least 14 people in {Place} .
He fought in the {Event} and came home in {month} .
{Organization} announced the order at the {Event} on {day} .
Thousands of runners took part in the {Event} .
The {Event} will be held in {Place} next year , {Person} said .
They lost the {Event} final to {Organization} .
Leaders at the {Event} agreed on a joint statement .
{Person} wrote about the {Event} and its causes .
Parliament passed the {Law} by 210 votes to 94 .
The court ruled that the rule breaks the {Law} .
{Organization} was charged under the {Law} .
Under the {Law} , employers must give 60 days of notice .
{Person} signed the {Law} into law on {day} .
Critics say that the {Law} does not go far enough .
{Place} withdrew from the {Law} in {month} .
The {Law} protects the right to assemble .
{Organization} said in a filing under the {Law} that it had paid the fine .
{Person} directed " {Work} " , a film about two brothers .
Her first novel , {Work} , came out in {month} .
{Work} won three prizes , among them one for {Person} 's music .
The band released its second album , {Work} , on {day} .
He played a doctor in the series {Work} .
The exhibition shows {Person} 's painting " {Work} " .
{Person} sang {Work} at the opening of the {Event} .
{Organization} bought the rights to {Work} and its sequel .
{Organization} shares rose 3 % and {Organization} fell 1 % .
{Organization} {Person} told reporters in {Place} that the talks had failed .
Chief executive {Person} will leave {Organization} in {month} .
Prime Minister {Person} met President {Person} in {Place} .
{Person} , a spokeswoman for {Organization} , declined to comment .
Spokesman {Person} said that the {Place} -based company would appeal .
{Organization} , {Organization} and {Organization} did not respond to requests for comment .
{Organization} to buy {Organization} for $ 2.1 bn
{Organization} posts loss , cuts 400 jobs in {Place}
{Organization} names {Person} as chief executive
{Person} of {Organization} said the {Group} government had been told .
{Group} officials and the {Place} police searched the offices of {Organization} .
The {Group} carmaker {Organization} builds the {Product} in {Place} .
Vice Chairman {Person} and Chief Operating Officer {Person} will stay .
The union at {Organization} 's {Place} plant rejected the offer from {Organization} .
Shares of {Organization} and of its rival {Organization} were little changed .
He works for {Organization} and she for {Organization} .
""".strip().split("\n")
FIRST = listed(
    "Anna Boris Carla Daniel Elena Frank Grace Hassan Ines Jan Keiko Liam Maria Nadia Omar Paulo Rita Sam Tomas Uma "
    "Vera Wei Yusuf Zoe John Mary Sergio Priya Kwame Ingrid"
)
LAST = listed(
    "Abara Berg Castell Dunmore Ekström Farrow Gupta Halloran Ivanov Jansen Kowal Lindt Moreau Nakata Okafor Petrov "
    "Quist Rossi Sandoval Tanaka Ulrich Vance Whitlock Yilmaz Zhou O'Dell McTavish Hart Stone Ward"
)
GROUPS = listed("American German Chinese French British Japanese Brazilian Kenyan Russian Indian Canadian Turkish")
MONTHS = listed("January February March April June July August September October November December")
DAYS = listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
EVENTS = listed("Festival Games Summit Conference Cup Marathon Championship Show Fair Olympics Prix Expo")
LAWS = listed("Act Treaty Convention Bill Directive Regulation Code Accord Amendment Charter Agreement")


class Maker:
    """Draws the sentences, with new names each time."""

    def __init__(self, namer: Namer, places_known: list[list[str]], random: Random) -> None:
        self.namer, self.random, self.places = namer, random, places_known

    def sentences(self, count: int) -> Iterator[Sentence]:
        """So many sentences; only their slots are names."""
        for _ in range(count):
            yield self._filled(self.random.choice(SENTENCES))

    def _filled(self, sentence: str) -> Sentence:
        words: list[str] = []
        found: list[Found] = []
        for part in sentence.split():
            if part[0] == "{" and part[1].isupper():
                kind = part.strip("{}")
                made = self.name(kind)
                found.append((len(words), len(words) + len(made), (kind,)))
                words += made
            else:
                words.append(self.random.choice({"{month}": MONTHS, "{day}": DAYS}.get(part, (part,))))
        return Sentence(words, mark(words, found, [ONLY_OUTSIDE] * len(words)))

    def name(self, kind: str) -> list[str]:
        """The words of a made-up name of a kind."""
        match kind:
            case "Organization":
                return self.namer.make().words
            case "Person":
                return self._person()
            case "Place":
                return self.random.choice(self.places)
            case "Group":
                return [self.random.choice(GROUPS)]
            case "Product":
                return self._product()
            case "Event":
                return self._event()
            case "Law":
                return self._law()
            case _:
                return self._work()

    def _person(self) -> list[str]:
        draw = self.random.random()
        last = self.random.choice(LAST)
        if draw < 0.2:
            return [last]
        first = self.random.choice(FIRST)
        return [first, f"{self.random.choice('ABCDEHJKLMRST')}.", last] if draw < 0.3 else [first, last]

    def _coined(self) -> str:
        """A word that no dictionary has, out of the ends of two that it has."""
        one, two = self.namer.word("NN", "JJ"), self.namer.word("NN", "VB").lower()
        return (one[: self.random.randint(2, 5)] + two[-self.random.randint(2, 5) :]).capitalize()

    def _model(self) -> str:
        digits = str(self.random.choice((3, 5, 7, 11, 42, 90, 220, 350, 500, 707, 737, 787, 1500, 2000)))
        letters = "".join(self.random.choices("ABCDEFGIKLMNRSTVX", k=self.random.choice((1, 1, 2))))
        forms = (letters + digits, digits, f"{letters}-{digits}", f"{digits}-{letters}", digits + letters)
        return self.random.choice(forms)

    def _product(self) -> list[str]:
        draw = self.random.random()
        base = self.random.choice((self._coined(), self.namer.single()))
        if draw < 0.3:
            return [base]
        if draw < 0.4:
            return [base + "s"] if base.isalpha() else [base]
        if draw < 0.55:
            return [self._model()]
        if draw < 0.8:
            return [base, self._model()]
        if draw < 0.9:
            return [base, self._model(), self._coined()]
        return [base, self.random.choice(("Pro", "Max", "Plus", "II", "Air", "Mini", "Lite", "One"))]

    def _event(self) -> list[str]:
        draw = self.random.random()
        place = self.random.choice(self.places)
        if draw < 0.1:
            return ["Hurricane", self.random.choice(FIRST)]
        if draw < 0.2:
            return ["Battle", "of", *place]
        end = self.random.choice(EVENTS)
        middle = self.namer.word("NN", "JJ")
        if draw < 0.4:
            return [str(self.random.randint(1994, 2026)), *place, end]
        return [*place, middle, end] if draw < 0.7 else [self.random.choice(("World", "Grand", "Summer")), middle, end]

    def _law(self) -> list[str]:
        draw = self.random.random()
        end = self.random.choice(LAWS)
        one, two = self.namer.word("JJ", "NN"), self.namer.word("NN", "NNS")
        if draw < 0.2:
            return [self.random.choice(("Treaty", "Convention", "Charter")), "of", *self.random.choice(self.places)]
        if draw < 0.3:
            return [self.random.choice(("First", "Second", "Fifth", "Eighth", "Fourteenth")), "Amendment"]
        if draw < 0.4:
            return [self.random.choice(("Article", "Section", "Title", "Chapter")), str(self.random.randint(2, 300))]
        if draw < 0.6:
            return [one, "and", two, end]
        return [one, two, end] if draw < 0.85 else [two, end]

    def _work(self) -> list[str]:
        draw = self.random.random()
        one, two = self.namer.word("NN", "NNS"), self.namer.word("NN", "JJ")
        if draw < 0.3:
            return ["The", two, one]
        if draw < 0.5:
            return ["The", one, "of", two]
        if draw < 0.7:
            return [one]
        return [two, one] if draw < 0.85 else [one, "and", two]
