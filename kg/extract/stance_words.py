"""The words that ``stance`` goes by: negations, modals, hedges, conditions, and what governors say of a clause.

The certainties are FactBank's (Saurí and Pustejovsky 2009: certain, probable, possible), as the NewsReader guidelines
(NWR-2014-2-2) apply them to news: what is planned, agreed or decided is certain and future, what is expected is
probable, what is wanted, tried or allowed is possible. How a governor's own negation works on its clause are the
implication signatures of Nairn, Condoravdi and Karttunen (2006).
"""

from __future__ import annotations

from typing import NamedTuple

from kg.records import Certainty, Polarity, Tense

NEGATIONS = frozenset({
    "not", "n't", "n’t", "never", "neither", "nor", "hardly", "scarcely", "barely", "rarely", "seldom", "no", "nowhere",
})  # fmt: skip
NOT_DENYING = frozenset({"only", "just", "merely", "simply", "solely", "least"})
"""«not only sold», «not just a plan» deny nothing."""
NOBODY = frozenset({"nobody", "none", "nothing", "nowt", "noone"})
NO = frozenset({"no", "neither"})
FEW = frozenset({"few", "little"})
NEVER = frozenset({"way", "circumstance", "time", "case", "event", "mean", "means", "account"})
"""«in no way», «under no circumstances», «at no time»."""
NEARLY = frozenset({"almost", "nearly"})
"""«almost sold»: it did not; but what «almost doubled» has grown (``BY_DEGREES``)."""
BY_DEGREES = frozenset({"double", "treble", "triple", "quadruple", "halve", "quarter", "complete", "finish", "match"})
NOT_DONE = frozenset({"without", "instead", "rather"})
"""Marks of what is not done: «without selling», «instead of selling», «rather than sell»."""

ABILITY = frozenset({"can", "ca"})
POSSIBLE_MODALS = frozenset({"may", "might", "could"}) | ABILITY
PROBABLE_MODALS = frozenset({"should", "ought", "must"})
WOULD = frozenset({"would", "'d", "’d"})
FUTURE_MODALS = frozenset({"will", "wo", "'ll", "’ll", "shall"}) | WOULD
PROBABLE_ADVERBS = frozenset({
    "probably", "likely", "apparently", "presumably", "seemingly", "reportedly", "allegedly", "supposedly",
    "purportedly", "ostensibly", "evidently", "reputedly", "arguably", "rumoredly", "doubtless", "surely",
})  # fmt: skip
POSSIBLE_ADVERBS = frozenset({"perhaps", "maybe", "possibly", "potentially", "conceivably", "necessarily", "hopefully"})
CONDITIONS = frozenset({"if", "unless", "provided", "providing", "assuming", "supposing", "lest", "whether"})
QUESTIONS = frozenset({"if", "whether"})
GRANTED = frozenset({"whether", "lest", "case", "even", "as"})
WHOEVER = frozenset({"whoever", "whatever", "whichever", "whomever"})
NEXT = frozenset({"tomorrow", "next"})
TO_COME = frozenset({"when", "once", "until", "till", "before", "after"})
"""Behind these a present tense is to come where the main clause is: «will stay until Bolt buys it»."""


class Effect(NamedTuple):
    """What a governor says of the clause that it governs.

    ``polarity``, ``certainty`` and ``tense`` (None: the governor's own) hold while the governor is affirmed.
    ``denied`` is the certainty with which its negation turns them round («did not fail to sell»: sold, certain), or
    None where nothing follows from the negation («was not forced to sell» leaves open whether it did).
    """

    polarity: Polarity = "+"
    certainty: Certainty = "certain"
    tense: Tense | None = None
    denied: Certainty | None = "certain"


DONE = Effect()  # managed to sell, began to sell, was able to sell
FAILED = Effect("-")  # failed to sell, forgot to sell
REFUSED = Effect("-", denied=None)  # refused to sell; "did not refuse" leaves it open
FORCED = Effect(denied=None)  # was forced to sell: it did
COMMITTED = Effect(tense="future")  # plans, agreed, is going to sell
EXPECTED = Effect(certainty="probable", tense="future", denied="probable")  # expected to sell
UNLIKELY = Effect("-", "probable", "future", "possible")  # unlikely to sell
WANTED = Effect(certainty="possible", tense="future", denied="probable")  # wants to sell; not wanting is not selling
TRIED = Effect(certainty="possible", tense="future")  # tries to sell; not trying is not selling, for sure
ASKED = Effect(certainty="possible", tense="future", denied=None)  # asked to sell, needs to sell
ORDERED = Effect(certainty="probable", tense="future", denied=None)  # ordered to sell
SEEMED = Effect(certainty="probable", denied="probable")  # seems to sell, is said to have sold
DOUBTED = Effect("-", "probable")  # doubts that it sold; no doubt that it did
SAID = Effect(denied=None)  # said that it sold; not said, it may or may not
PURPOSE = Effect(tense="future", denied=None)  # sold Bolt to raise cash
ASIDE = Effect(certainty="possible", denied=None)  # the possibility that it sold
DROPPED = Effect("-", tense="future")  # decided against selling
SUSPECTED = Effect(certainty="probable", tense="past", denied="probable")  # accused of selling

# "X VERB (someone) to do", "X VERB doing", "X is ADJECTIVE to do", and with a preposition "X VERB from doing".
OF_INFINITIVE: dict[str, Effect] = {
    **dict.fromkeys(("fail", "forget", "neglect", "omit", "cease", "stop", "quit", "avoid", "resist", "abandon",
                     "cancel", "scrap", "unable", "incapable", "impossible", "pretend", "refrain", "call off",
                     "give up", "back out", "pull out", "hold off", "ineligible", "unfit", "withdraw from",
                     "abstain from", "desist from", "retreat from", "back away from"), FAILED),
    **dict.fromkeys(("refuse", "decline", "prevent", "bar", "ban", "prohibit", "forbid", "preclude", "block",
                     "keep from", "discourage", "dissuade", "deter", "unwilling", "deny", "reject", "rule out",
                     "turn down", "acquit of", "clear of", "uninterested", "unprepared", "reluctant", "hesitant",
                     "loath", "hesitate", "afraid", "disqualify", "exempt", "excuse", "shield", "spare"), REFUSED),
    **dict.fromkeys(("force", "cause", "lead", "push", "help", "enable", "persuade", "prompt", "compel", "drive",
                     "make", "convince", "spur", "get", "inspire"), FORCED),
    **dict.fromkeys(("plan", "intend", "agree", "promise", "pledge", "vow", "decide", "prepare", "commit", "set",
                     "schedule", "go", "opt", "choose", "elect", "swear", "resolve", "arrange", "due", "about",
                     "slate", "bound", "sure", "certain", "determine", "select", "guarantee", "undertake", "contract",
                     "vote", "delay", "postpone", "put off", "set out", "gear up"), COMMITTED),
    **dict.fromkeys(("decide against", "vote against", "opt against"), DROPPED),
    **dict.fromkeys(("accuse of", "charge with", "suspect of"), SUSPECTED),
    **dict.fromkeys(("expect", "anticipate", "forecast", "predict", "project", "likely", "tip", "poise",
                     "close to"), EXPECTED),
    **dict.fromkeys(("want", "hope", "wish", "consider", "like", "look", "desire", "mull", "weigh", "explore", "wait",
                     "eager", "keen", "willing", "ready", "contemplate", "threaten", "offer", "propose", "suggest",
                     "aim", "think", "love", "discuss", "negotiate", "prefer", "prepared", "interested", "aspire",
                     "dream"), WANTED),
    **dict.fromkeys(("try", "attempt", "seek", "strive", "struggle", "fight", "bid", "able", "allow", "permit",
                     "authorize", "authorise", "entitle", "free", "possible", "let", "clear", "capable", "work",
                     "endeavor", "endeavour", "plot", "conspire", "scheme", "risk"), TRIED),
    **dict.fromkeys(("ask", "urge", "encourage", "invite", "recommend", "advise", "beg", "call", "press", "lobby",
                     "pressure", "appeal", "plead", "oppose", "hard", "difficult", "easy", "tough", "important",
                     "necessary", "better", "essential", "qualify", "eligible"), ASKED),
    **dict.fromkeys(("order", "tell", "instruct", "task", "require", "oblige", "direct", "command", "assign", "need",
                     "suppose to", "mandate"), ORDERED),
    **dict.fromkeys(("appear", "seem", "believe", "think to", "estimate", "allege", "rumor", "rumour", "suspect",
                     "assume", "say", "report", "claim", "accuse", "charge", "understand", "deem"), SEEMED),
    **dict.fromkeys(("stop to", "pause to"), PURPOSE),
    "unlikely": UNLIKELY,
}  # fmt: skip
MEANT = frozenset({"plan", "intend", "due", "set", "schedule", "go", "about"})

# "X VERB that …", "it is ADJECTIVE that …".
OF_CLAUSE: dict[str, Effect] = {
    **dict.fromkeys(("expect", "predict", "forecast", "anticipate", "project", "likely", "envision", "envisage",
                     "foresee", "probable", "appear", "seem", "believe", "think", "suppose", "estimate",
                     "allege", "rumor", "rumour", "suspect", "assume", "guess", "speculate", "feel", "reckon",
                     "imagine", "suggest", "imply", "optimistic", "confident", "hopeful", "presume", "hypothesize",
                     "hypothesise", "theorize", "theorise", "surmise", "posit", "propose"), SEEMED),
    **dict.fromkeys(("deny", "dispute", "reject", "refute", "disprove", "false", "untrue", "impossible"), REFUSED),
    **dict.fromkeys(("doubt", "doubtful"), DOUBTED),
    **dict.fromkeys(("wish", "want", "fear", "worry", "possible", "conceivable", "plausible", "wonder", "hope",
                     "debate"), ASIDE),
    **dict.fromkeys(("say", "confirm", "claim", "prove", "announce", "state", "argue", "assert", "mean", "show",
                     "clear", "certain", "sure", "indicate", "report", "tell", "conclude", "insist", "warn", "convince",
                     "persuade", "add", "declare", "write", "testify", "maintain", "contend", "complain", "tweet",
                     "inform", "swear", "promise", "pledge", "reply", "answer", "respond"), SAID),
    "true": DONE,  # «is not true that it sold»: it did not
    **dict.fromkeys(("ensure", "assure"), ASKED),  # «to ensure that they get it»
    **dict.fromkeys(("unlikely", "improbable"), Effect("-", "probable", None, "possible")),
    "pretend": FAILED,
}  # fmt: skip

# "X VERB the noun", where that says other than "X VERB to do" does; those of whose objects nothing follows are DONE.
OF_OBJECT: dict[str, Effect] = {
    **dict.fromkeys(("call", "like", "love", "think", "discuss", "direct", "command", "understand", "press", "tell",
                     "claim", "say", "report", "believe"), DONE),
    **dict.fromkeys(("foil", "thwart", "avert", "prevent", "avoid", "derail", "veto", "shelve", "lack", "evade",
                     "escape", "drop"), FAILED),
    **dict.fromkeys(("demand", "request", "advocate", "oppose"), ASKED),
    **dict.fromkeys(("plot", "risk"), TRIED),
    **dict.fromkeys(("envisage", "foresee"), EXPECTED),
    "fear": ASIDE,
}  # fmt: skip

# "X VERB PREPOSITION the noun", and "X VERB PREPOSITION someone to do".
OF_OBLIQUE: dict[str, Effect] = {
    **dict.fromkeys(("call for", "call on", "call upon", "appeal to", "appeal for", "plead with", "plead for",
                     "ask for", "push for", "press for", "lobby for", "campaign for", "pray for",
                     "object to"), ASKED),
    **dict.fromkeys(("hope for", "wait for", "aim for", "wish for", "look for"), WANTED),
    **dict.fromkeys(("plan for", "prepare for", "agree on", "agree to", "commit to", "arrange for"), COMMITTED),
    **dict.fromkeys(("count on", "rely on"), EXPECTED),
    **dict.fromkeys(("warn of", "warn against"), ASIDE),
    **dict.fromkeys(("decide against", "vote against", "opt against"), DROPPED),
    **dict.fromkeys(("back out of", "pull out of", "refrain from", "fail in",
                     "withdraw from", "abstain from", "desist from"), FAILED),
}  # fmt: skip

# "The noun VERB".
OF_SUBJECT: dict[str, Effect] = dict.fromkeys(
    ("fail", "collapse", "founder", "fall through", "fall apart", "fall flat"), FAILED
)

MANDATIVE = frozenset({
    "insist", "demand", "ask", "request", "require", "recommend", "propose", "suggest", "urge", "order",
})  # fmt: skip
"""«insisted that the union agree»: it is asked for."""

# "the NOUN to do", "the NOUN of doing", "the NOUN that …".
OF_NOUN: dict[str, Effect] = {
    **dict.fromkeys(("failure", "inability", "impossibility"), FAILED),
    **dict.fromkeys(("refusal", "reluctance", "unwillingness", "denial", "ban"), REFUSED),
    **dict.fromkeys(("plan", "intention", "intent", "agreement", "deal", "contract", "decision", "commitment",
                     "promise", "pledge", "vow", "move", "deadline", "resolution", "arrangement", "choice",
                     "schedule"), COMMITTED),
    **dict.fromkeys(("expectation", "likelihood", "probability", "forecast", "prediction", "prospect",
                     "hope"), EXPECTED),
    **dict.fromkeys(("desire", "wish", "proposal", "threat", "willingness", "offer", "suggestion", "idea", "goal",
                     "aim", "ambition", "dream", "interest"), WANTED),
    **dict.fromkeys(("attempt", "effort", "bid", "ability", "capacity", "right", "option", "chance", "opportunity",
                     "permission", "authority", "power", "way", "freedom", "push", "campaign", "money", "mean",
                     "means", "plot", "conspiracy", "scheme", "vote", "motion", "referendum", "petition", "ploy",
                     "resource", "resources", "fund", "funds", "courage", "talk", "talks", "negotiation",
                     "negotiations"), TRIED),
    **dict.fromkeys(("verge", "brink", "cusp"), EXPECTED),
    **dict.fromkeys(("possibility", "risk", "danger", "fear", "concern", "worry", "question", "potential"), ASIDE),
    **dict.fromkeys(("request", "call", "need", "demand", "pressure", "invitation", "recommendation", "requirement",
                     "obligation", "order", "duty", "reason"), ASKED),
    **dict.fromkeys(("allegation", "rumor", "rumour", "speculation", "belief", "suspicion", "accusation",
                     "assumption", "claim", "impression"), SEEMED),
    **dict.fromkeys(("evidence", "proof", "sign", "indication", "confirmation", "guarantee"), SAID),
    "doubt": DOUBTED,
}  # fmt: skip

# "the NOUN PREPOSITION the noun": which of ``OF_NOUN`` say of a thing done what they say of doing it.
TELLS_OF: dict[str, frozenset[str]] = {
    "of": frozenset({
        "possibility", "risk", "danger", "threat", "prospect", "likelihood", "probability", "chance", "hope", "idea",
        "fear", "expectation", "allegation", "rumor", "rumour", "accusation", "suspicion", "intention", "verge",
        "brink", "cusp", "potential",
    }),
    "for": frozenset({
        "plan", "proposal", "call", "request", "need", "demand", "hope", "pressure", "deadline", "schedule", "push",
        "campaign", "bid", "permission", "recommendation", "arrangement", "motion", "petition",
        "talk", "talks", "negotiation", "negotiations", "option", "deal", "agreement",
    }),
    "on": frozenset({"talk", "talks", "negotiation", "negotiations", "deal", "agreement"}),
    "over": frozenset({"talk", "talks", "negotiation", "negotiations"}),
    "about": frozenset({"rumor", "rumour", "speculation", "negotiation", "negotiations"}),
    "at": frozenset({"attempt"}),
}  # fmt: skip

# "the ADJECTIVE noun": the planned takeover, the alleged attack.
OF_ADJECTIVE: dict[str, Effect] = {
    **dict.fromkeys(("planned", "upcoming", "forthcoming", "imminent", "impending", "pending", "intended",
                     "scheduled", "looming", "agreed"), COMMITTED),
    **dict.fromkeys(("expected", "likely", "anticipated", "predicted", "projected", "probable", "tentative",
                     "future"), EXPECTED),
    **dict.fromkeys(("proposed", "possible", "potential", "threatened", "be", "hypothetical", "suggested",
                     "mooted", "prospective", "contemplated", "desired"), WANTED),
    **dict.fromkeys(("alleged", "reported", "rumored", "rumoured", "suspected", "purported", "supposed", "presumed",
                     "apparent", "claimed", "putative"), SEEMED),
    **dict.fromkeys(("attempted", "feared", "unconfirmed", "unproven"), ASIDE),
    **dict.fromkeys(("foiled", "thwarted", "averted", "cancelled", "canceled", "abandoned", "scrapped", "aborted",
                     "blocked", "failed", "unsuccessful", "abortive"), FAILED),
}  # fmt: skip
COMPLETE = frozenset({"recent", "completed", "previous", "earlier", "past"})
"""«its recent takeover may create jobs»: that was, whatever is said of it."""
FORCES = frozenset({"attack", "assault", "raid", "strike", "march", "protest"})
ACTS = FORCES | {
    "search", "campaign", "negotiation", "investigation", "inquiry", "work", "use", "support", "review", "study",
    "policy", "marriage", "effort", "bid", "offer", "attempt", "appeal", "claim", "complaint", "proposal", "request",
    "plea", "petition", "application", "suggestion", "demand", "invitation", "accusation", "allegation", "criticism",
    "challenge",
}  # fmt: skip
"""Deeds that are done though they fail or are rejected: «the failed bid», «rejected the appeal»."""
PREVENTING = frozenset({
    "prevent", "foil", "thwart", "avert", "avoid", "bar", "ban", "prohibit", "forbid", "rule out", "lack", "evade",
    "escape", "foiled", "thwarted", "averted",
})  # fmt: skip
"""What these speak of is not done, whatever it is: «foiled the attack»."""
CALLING_OFF = frozenset({
    "cancel", "call off", "scrap", "drop", "cancelled", "canceled", "scrapped", "aborted",
})  # fmt: skip
"""What was not yet done is not done then: «called off the strike», but «called off the search»."""
COMPLETING = frozenset({
    "complete", "finish", "close", "finalise", "finalize", "conclude", "carry out", "implement", "conduct", "hold",
    "begin", "start", "launch", "undergo", "perform", "make", "do",
})  # fmt: skip
"""«completed the planned takeover»: what was planned is done."""
MAKING = COMPLETING | {
    "announce", "have", "give", "sign", "reach", "strike", "take", "commit", "cause", "achieve", "receive", "get",
    "win", "suffer", "go through", "see", "find",
}  # fmt: skip
"""Whoever does not do these to a deed leaves it undone: «did not complete the takeover»; but «did not attend the
meeting» takes it for held."""
GRANTING = frozenset({"since", "following", "despite", "because of", "due to", "thanks to", "given", "amid"})
"""«following its takeover of Bolt, Acme may grow»: the takeover was."""

PERFORMED = frozenset({
    "thank", "say", "add", "stress", "congratulate", "apologise", "apologize", "emphasise", "emphasize", "welcome",
    "remind", "announce", "acknowledge", "express", "point",
})  # fmt: skip
"""Acts of speech that wanting to do them does: «we would like to thank our staff»."""
"""«the first woman to lead Acme» did lead it."""
# What a noun only proposes («a bill banning masks»), and verbs whose object is wished for («need a firm that works»).
BILLS = frozenset({"bill", "proposal", "motion", "draft", "petition", "initiative", "amendment", "resolution"})
WISHING = frozenset({
    "need", "want", "seek", "lack", "look", "hope", "wish", "dream", "imagine", "call", "deserve", "ask",
})  # fmt: skip
PASSING = frozenset({"pass", "sign", "approve", "enact", "adopt", "ratify"})
