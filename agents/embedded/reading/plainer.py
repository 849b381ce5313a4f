"""The same instruction in plainer words, where people write what the rules of this package read wrongly."""

import re
from functools import lru_cache

from agents.embedded.reading.language import DIRT, verb_at
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.word_classes import is_look, starts_noun
from agents.embedded.reading.words import name_length, words_of

_LEFT = "simmer|cook|rest|cool|sit|stand|boil|dry|rise|soak|steep|marinate|drain|brew|proof|melt|soften|harden|thaw"
_WHOLE = "slice|cut|frost|ice|glaze|drain|peel|store|remove|flip|turn|stir|trim|carve|shell|unwrap"
_SMALL = "one|two|three|four|five|six"
_AFTER = (
    r"(?:[.,;]|$| (?:for|until|till|in|on|at|to|over|down|overnight|about|around|while|\d|a (?:few|couple)|[a-z]+ly\b))"
)
"""What may follow a verb that has no object."""
_UNIT = r"(?:°|%|degrees|percent|min|hour|second|day|week|cm|mm|inch|feet|foot|g\b|kg|ml|cup|tbsp|tsp|x\b)"
_SPAN = r"(?:an?|one|two|three|half an|a few|fifteen|twenty|thirty|\d+) (?:hours?|minutes?|days?|weeks?)"
_STREW = "sprinkle|scatter|strew|dust|grate|crumble|drizzle|spoon|shake"
_SOME = r"\d[\d./]*|an?|half an?|one|two|three|four|five|six|some|plenty|lots|a little|a few|the (?:rest|remaining)"
_BACK = "put|place|return|slide|screw|clip|snap"
_THE = r"\b(?:the|your|a|an)\b [^.;,]*\band\b"
_WASTE = "stones?|bits|debris|shells?|stems?|grit|bad|broken|damaged|rotten|dead|weeds?|twigs?|bones?|seeds?|lumps?"
_SET = "dry|cool|set|thaw|soften|harden|rest|melt|rise"
_OFTEN = (
    r"(?:once|twice|daily|weekly|regularly|lightly|gently|thoroughly|generously|sparingly)"
    r"(?=[.,;]|$| (?:with|and|in|over|until|till|before|after|a |an |per|every|for|to|then|but)\b)"
    r"|every(?= (?:\d|two|few|other|couple|day|week|month|minute|hour|morning|evening|time)\b)"
)
_DONE_TO = "water|sand|oil|dust|paint|iron|brush|polish|vacuum|hose|mop|comb|file|stir|shake"
_EVEN = "rake|smooth|spread|pack|tamp|press|pat|beat"
_LIKED = "want|wish|like|prefer|need"
_OFF = "lift|take|pull|slide|pry|prise|peel|unscrew|pop|twist|ease|remove|scoop"
_FINELY = "coarsely|finely|freshly|roughly|thinly|thickly|lightly|well"
_NOT_ON = r"(?!(?:do|make|let|turn|then|leave|try|repeat)\b)"
_KEEP = "put|place|set|lay|keep|save|discard|rinse|store|throw"
_IS = "is|are|has|have|looks?|feels?|gets?|becomes?|turns?|starts?|begins?|seems?"
_GOES_ON = r" (?:and|then) (?:then )?\w+ (?:it|them|the|your|in|into|on|over|up|off)\b"
"""What begins a further thing to do."""
_NUMBER = r"\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|half"
_SAYING = (
    (r"\bstraight, (\w+) (?=strokes?|lines?|passes|sweeps)", r"straight "),
    (r"\b(pour|tip|send) ([^.;,]+?) down the (?=(?:drain|sink|toilet)\b)", r"\1 \2 into the "),
    (r"(?<=[a-z])(?<!is)(?<!are)(?<!was)(?<!were) (?:left|stuck) (?:behind|over)\b", ""),
    (r"\b(wipe|rinse|scrub|sand|paint|brush) again (?=(?:once|when|after) (?!(?:it|they) stop))", r"\1 it "),
    (r"\b(sew|stitch|go|run|weave) (?:up and down|in and out|back and forth) through\b", r"\1 through"),
    (r"\b((?:mixture|ingredients) [^.;]*?to )the dry one\b", r"\1the dry mixture"),
    (r"\ban? (?:arm|hand|finger|thumb|foot)'s (?:length|width) of\b", "a length of"),
    (r"\b(long|short|even|gentle|light|smooth), straight (?=strokes?|lines?|passes|sweeps?)", r"\1 straight "),
    (r"\b(stir|deep|pan|shallow|air|dry|oven|slow)-(fry|roast|cook|toast|bake)\b", r"\1 \2"),
    (r",? side by side\b", " next to each other"),
    (r",? with (?:an?|some|\w+) (?:(?!and\b)\w+ ){0,4}?(?:gap|space|distance|room)\b(?: \w+)?? between them", ""),
    (r"\b(with (?:the|an?|some|\w+)(?: (?!and\b|then\b)\w+){1,4}?) on (?:it|them)(?=[.,;]|$)", r"\1"),
    (
        r"\babout (?=an? (?:inch|cup|litre|liter|teaspoon|tablespoon|spoonful|dozen|third|quarter|half|pound|kilo)\b)",
        "",
    ),
    (rf"(?<!think)(?<!worry)(?<!forget)(?<!talk) about (?=(?:{_NUMBER})\b)", " "),
    (
        r"^to (?:drink|eat|use|serve|enjoy|finish|start|begin|store|test|reheat|open|wear)"
        r"(?: it| them| this)?(?: up| off)?, (?=[a-z])",
        "",
    ),
    (r"\b(them|it) all (?=(?:an?|the(?! way)|in|into|on|onto|with|from|at|to|for|until|well)\b)", r"\1 "),
    (rf",? each (?:{_NUMBER}) \w+ (?:long|wide|thick|apart|deep|tall)\b", ""),
    (
        rf", (?:leaving|making sure|taking care|being careful)\b(?:(?!{_GOES_ON})[^,.;])*(?=,?{_GOES_ON}|[,.;]|$)",
        "",
    ),
    (r"(?<!\d)[\"“”]", ""),
    (r" & ", " and "),
    (r"(?<=[^\d\s]) [-–—] (?=\D)", "; "),
    # "an (optional) thin layer": what stands in brackets is not read, and leaves the wrong article.
    (r"\ban (\([^()]*\)) (?=[^aeiou\W])", r"a \1 "),
    (r"\ba (\([^()]*\)) (?=[aeio])", r"an \1 "),
    (r"\b(?:feel free to|(?:make|be) sure (?:to|you)|don't forget to|do not forget to|remember to) (?=[a-z])", ""),
    (
        r"^((?:(?!\buse\b)[^.;])+?)(?<!need)(?<!have)(?<!want)(?<!try)(?<!sure) to "
        r"(?:rinse|clean|wash|flush|test|check|loosen) (?:it|them)(?: out| off)?(?=[.,;]|$)",
        r"\1",
    ),
    (r"\b(crack|pry|prise|cut|rip|tear|slit|prop|swing) open (?=(?:the|a|an|your|its|each|all)\b)", "open "),
    (r"\byour own\b", "your"),
    (r",? (?:and then|and|then) call it (?:a day|good|done)\b", ""),
    (r",? (?:and|but) keep (?:it|them) (?:moving|going|turning)\b", ""),
    (r",? (?:a little|a bit|one) at a time\b", ""),
    (r",? close together(?:,? but not touching)?(?=[.,;]|$)", ""),
    (
        r"^work your way (?:around|round|along|through|across|up|down)(?: [^,;.]*)?, "
        r"(?=\w+ing (?:it|them)\b[^,;.]*\.?$)",
        "keep ",
    ),
    (r"(?<=[a-z][.;]) you can always (?:[^.;]|\.\d)*[.;]?$", ""),
    (r"\b(the|its|their) very (tip|top|bottom|end|edge|middle|center|centre|first|last|back|front)\b", r"\1 \2"),
    (
        r"(?<!need)(?<!have)(?<!try)(?<!important)(?<!careful)(?<!sure) to keep (?:(?! and | with )[^.,;])*?"
        r" from \w+ing\b(?:(?! and | with )[^.,;])*(?=[.,;]|$)",
        "",
    ),
    (r"^(clip|trim|cut|snip|take|use|add|dip|wet|fold) just (?=the|a\b|an\b)", r"\1 "),
    (r" flat and (?=(?:iron|press|smooth|stitch|sew|pin|glue)\b)", " flat, then "),
    (r",? watching(?: out)? for [^.,;]*", ""),
    (r"\bwatch(?: out)? for\b", "look for"),
    (r"\bwatch (?=(?:whether|if|how|what|closely|carefully)\b)", "look "),
    (r",? such as [^.;]*?(?=,? but\b|, and\b|,? (?:and )?then\b|[.;]|$)", ""),
    (r",? even though [^,.;]*,?", ""),
    (r",? (?:again )?(?:once|when|until|till|as soon as) (?:it|they) stops? \w+ing\b", ""),
    (r",? (?:once|when|until|till|as soon as) the timer (?:goes off|rings|beeps|dings)\b", ""),
    (r"\btwice as (?:much|many) ", ""),
    (r"\b(?:one|1) and a half (?=[a-z]+s\b)", "1.5 "),
    (r"\b(?:two|2) and a half (?=[a-z]+s\b)", "2.5 "),
    (r"\ba cup and a half of\b", "1.5 cups of"),
    (r"\b(?:(?:about|around|roughly) )?(?:a )?(?:quarter|third)[- ](?:of a )?cup of (?=[a-z]{3})", "some "),
    (r"\ban ice(?:[- ]water)? bath\b", "a bowl of cold water"),
    (r"\bthe ice(?:[- ]water)? bath\b", "the bowl"),
    (r"\bas (low|high|far|hot) as (?:it|they) (?:will|can) go\b", r"\1"),
    (rf"\b({_EVEN}) (the [a-z]+) level\b", r"\1 \2"),
    (r"\band water (?=(?:well|thoroughly|deeply|generously|lightly|gently|daily)\b)", "and water it "),
    (rf"(?<! for)(?<! about)(?<! least),? (?:about |at least )?{_SPAN} (?=before\b)", " "),
    (
        r"(?<!make )(?<!take )(?<!use )\b(?:about )?(?:an? |one |another |two |three |a couple of )?"
        r"(?:half|quarter|full)(?: a| of a)? turns?\b",
        "a bit",
    ),
    (r"\b(an?) (\d[\d.]*)[ -]?(mm|cm|inch|foot|litre|liter|gallon|watt|volt) (?=[a-z])", r"\1 \2-\3 "),
    (r"\bthrow (?:that|this) (away|out)\b(?: too)?", r"throw it \1"),
    (rf"\beverything\b((?:(?!{_THE})[^.;,])*?,? (?:and|then) \w+) (?:it|them)\b", r"everything\1 everything"),
    (r"\beverything\b([^.;]*?) of (?:it|them)\b", r"everything\1 of everything"),
    (rf"(^|[.;] |\bthen )({_DONE_TO}) (?={_OFTEN})", r"\1\2 it "),
    (r"\b(\w+) (it|them) all (?=(?:up|out|off|down|away|in|into|onto|to|together|back)\b)", r"\1 \2 "),
    (r"\bhalf a dozen (?!of\b)", "6 "),
    (r"\b(?:a|one) dozen (?!of\b)", "12 "),
    (r", (?:the )?\w+[- ]sides? (?:up|down|in|out|facing \w+)(?=,? (?:and|then|on|in|over|onto)\b|[.,;]|$)", ""),
    (r",? (?:nearest|closest to|facing|towards?) you(?=[.,;]|$)", ""),
    (r"\bfill in around ((?:(?! and )[^.,;])*?) with ([^.,;]*?)(?=,? and\b|[.,;]|$)", r"pack \2 around \1"),
    (r"\bfill in around ([^.,;]*?)(?=,? and\b|,? then\b|[.,;]|$)", r"fill the space around \1"),
    (r"\bbutton back on(?:to)?(?= |$)", "button on"),
    (r"\bto get rid of\b", "to remove"),
    (r"\bget rid of\b", "throw away"),
    (r",? (?:trust|believe) me\b", ""),
    (
        r",? or (?:nothing|it|they|you|you'll|it'll) (?!can\b|may\b|could\b)[^.;,]*?(?=,? (?:and|then|but)\b|[.;,]|$)",
        "",
    ),
    (r",? (?:round and round|over and over(?: again)?|again and again)\b", ""),
    (r" all the way (?:a?round)(?=[.,;]|$)", ""),
    (r"\band mulch around (?=it\b|them\b)", "then mulch around "),
    (rf"^wait (?:until|till) (it|everything) (?:is |has )?(?:fully )?({_SET})(?:s|ed)?\b(?! enough)", r"let \1 \2"),
    (rf"^wait (?:until|till) they (?:are |have )?(?:fully )?({_SET})(?:ed)?\b", r"let them \1"),
    (r"^wait (?:until|till) it (?:dries|dried)\b", "let it dry"),
    (rf"^wait for (it|them|the \w+(?: \w+)?) to ({_SET})\b", r"let \1 \2"),
    (r"(^|[.;,] |\b(?:and|then) )(keep|store|leave) (?=(?:some|any)where\b)", r"\1\2 it "),
    (r"^hand (?=wash|sew|stitch|knead)", ""),
    (r"\bhand-(?=tighten|wash|stitch|sew|knead|whisk|mix|beat|water)", ""),
    (r"\bice cold (?=[a-z]{3})", "ice-cold "),
    (rf"\b({_STREW}) over (?=(?:{_SOME})\b)(?![^.;,]* (?:over|on|onto|into|in) )", r"\1 on "),
    (rf"\bpick (?:out|over) (?=any (?:{_WASTE})\b)", "discard "),
    (r"(^|[.;,] |\b(?:and|then|to) )boot (?:it )?up(?=[.,;]|$| and\b)", r"\1start it"),
    (r"(^|[.;,] |\b(?:and|then|to) )boot up (?=the|your|a\b)", r"\1start "),
    (r"^(?:sit|lie|lean|kick) back,? (?:and relax,? )?and (?=[a-z])", ""),
    (r"\b(chicken|turkey|duck|goose) breast[- ]side[- ](?:up|down)\b", r"\1"),  # no chicken breast
    (r"\b(list|note) of what (?:you|to|is|needs|has)\b[^.;,]*?(?= and\b|[.;,]|$)", r"\1"),
    (r"(?<![\d.,/])\b(?:one|1) (slice|piece|strip)\b(?! of\b)", r"a \1"),
    (rf"\b(of|the|some) (?:{_FINELY}) (?=(?:\w+ed|ground|cut|beaten)\b)", r"\1 "),
    (r"\bsift over (?=\d|an? )", "sift in "),
    (r"^fill in (?=with (?:the )?(?:soil|compost|earth)\b)", "Fill the holes "),
    (r"^start (?:off )?with (an? [^.;,]*?),? and (?!then\b|if\b|when\b)(\w+) it\b", r"\2 \1"),
    (r"\bwork your way (?:round|around|along|through) ([^.;,]*?) to (\w+) (?:it|them)\b", r"\2 \1"),
    (
        r"\b(loop|wrap|wind|tie|twist|coil|pass) ((?:(?!\b(?:an?|the) round)[^.;,])*?) round (?=your|both|each|them)",
        r"\1 \2 around ",
    ),
    (r"\beverything else\b", "the rest"),
    (
        r"\bwhatever (?:squeezes|oozes|spills|leaks|drips|comes|bubbles|runs) out\b"
        r"(?=[.,;]|$| (?:with|using|and|onto|from)\b)",
        "the excess",
    ),
    (r"\btaut\b", "tight"),
    (r",? and stand back\b[^.;]*", ""),
    (r"(?<=[a-z]),? as soon as (?:you|it|they|the|there) [^.;,]*?(?=,? (?:and|then|but)\b|[.,;]|$)", ""),
    (r" that (?:has|have) just (?:boiled|come off the (?:boil|heat))(?=,? (?:and|then|but)\b|[.,;]|$)", ""),
    (
        r"(^|and |then )((?:choose|pick|find|buy|select) [^.,;]*?) that (?:gets?|fits?|match(?:es)?|suits?)\b[^.,;]*",
        r"\1\2",
    ),
    (r"^(when|once|until|as soon as) ([^,.;]*?) and (?:starts?|begins?) to \w+,", r"\1 \2,"),
    (
        rf"\b({_OFF}) (the|your) ((?:\w+ ){{0,2}}\w+) (away from|off|from|out of) ([^,.;]*?),? and ({_KEEP}) it\b",
        r"\1 \2 \3 \4 \5 and \6 \2 \3",
    ),
    (
        rf"^(when|once|if|as soon as|after|while|before|since) (the|your) ((?:\w+ ){{0,2}}\w+) ({_IS}) ([^,.;]*), "
        rf"{_NOT_ON}(\w+) (?:it|them)\b",
        r"\1 \2 \3 \4 \5, \6 \2 \3",
    ),
    (
        r"\b(?:taste,? (?:and )?)?(?:check|adjust|correct|taste for)(?: and adjust)?(?: the| for)? seasoning"
        r"(?=[.,;]|$| and\b)",
        "season to taste",
    ),
    (r"(^|[.;,] |\b(?:and|then|to) )log (?:in ?to|into|in|on ?to|onto|on)\b(?: to\b)?", r"\1open"),
    (r"(^|[.;,] |\b(?:and|then|to) )log (?:out|off)(?: of)?\b", r"\1leave"),
    (r",? plus (?=(?:a|an|the|some|your)\b)", " and "),
    (r"\bor,? better (?:yet|still),?", "or"),
    (rf"^(\w+) if you (?:{_LIKED}),? (?!to\b)", r"\1 "),
    (rf"\b(let|allow to|leave to) (?=(?:{_LEFT})\b{_AFTER})", "let it "),
    (r"\b(let|leave|allow) (?:that|this) (?=to\b|\w+(?: too)?[.,;]?$)", r"\1 it "),
    (rf"\b(?:{_SMALL}) or ({_SMALL})\b(?= (?!in\b|on\b)[a-z]{{3}})", r"\1"),
    (r"\bserve (?:hot|warm|cold|chilled)(?=[.,;]|$| (?:with|in|on|over|from|at|and|alongside)\b)", "serve"),
    (rf"(?:\b(?:about|approximately|approx\.?|around|roughly)|~) ?(?=\d[\d.,/–-]* ?{_UNIT})", ""),
    (r"\bto a (?:full,? )?(?:rolling|full|gentle|vigorous|low|bare|steady|rapid|slow) (boil|simmer)\b", r"to a \1"),
    (r"\bbring to boil(?:ing)?\b", "bring to a boil"),
    (r"\bbring ((?:[\w-]+ ){1,6}(?:\([^()]*\) )?)to (?:a )?boil(?:ing)?\b", r"bring \1to a boil"),
    (r"(?<![\d.,])1 ?l (?=(?!and\b)[a-z]{3})", "1 litre of "),
    (r"(?<![\d.,])(\d+(?:[.,]\d+)?) ?l (?=(?!and\b)[a-z]{3})", r"\1 litres of "),
    (rf"\bthem and ({_BACK}) back (?=in\b|into|on\b|onto|to )", r"them and \1 them back "),
    (r"\bkeep topping up\b", "top up"),
    (rf"\b({_BACK}) back (?=in\b|into|on\b|onto|to )", r"\1 it back "),
    (r"\ba (?:little )?(?:bit|little) more (?=[a-z]+\b(?! until| to))", "more "),
    (rf"\b(?!(?:{'|'.join(DIRT)})\b)(\w+,?) (and|then) dust (?=with )", r"\1 \2 dust it "),
    (rf"(^|[.;,] |\b(?:and|then) )({_WHOLE}) (?=(?:once|when|after|as soon as)\b)", r"\1\2 it "),
)
"""Patterns, without regard to case, and what is said instead."""
_MEASURED = re.compile(
    r"(?<![\d./])\b((?:\d[\d./½¼¾⅓⅔]{0,12}|[½¼¾⅓⅔]|a|half a|one|two|three|four) ?"
    r"(?:g|kg|ml|dl|oz|lbs?|grams?|cups?|tsp|tbsp|teaspoons?|tablespoons?|pounds?|ounces?|sticks?)) "
    r"(?=((?!cake|holder|insect|blender)[^\W\d]{3,}.{0,60}))",
    re.IGNORECASE,
)
_VESSEL = "bowl|pan|pot|saucepan|skillet|wok|jug|pitcher|cup|mug|glass|jar|bucket|basin|blender|tin|dish"
_IN_IT = re.compile(
    rf"^(in (?:an?|the|your) (?:[\w-]+ ){{0,3}}(?:{_VESSEL})),? (?:\w+ly )?(\w+) ((?:[^.;]|\.\d)*)", re.IGNORECASE
)
_FURTHER = re.compile(
    r",? (?:and |then |and then )(?:\w+ly )?(\w+)(?: (\w+))?|,? (?:until|till|while|for)\b|, \w+ing\b"
)
"""What may end what is done in a vessel: a further verb, until when, how long."""
_BOTH = re.compile(r"^(?:finish|end|start|begin) by (\w+ing)\b([^.;,]*? and )(\w+ing)\b", re.IGNORECASE)
_BEGUN = re.compile(
    r"(^|[.;,] |\b(?:and|then) )(start|begin|continue|keep|finish by|end by)(?: by| on)? "
    r"(?!going\b)(\w+ing)\b(?=(.{0,40}))",
    re.IGNORECASE,
)
_GOING_ON = (
    r" (?:up|down|out|off|over|the|a|an|it|them|your|each|all|on|at|in|until|till|for|well|together)\b|[.,;]|$| \w+ly\b"
)
"""What follows that shows that one is to go on doing it."""


@lru_cache(maxsize=512)
def plainer(text: str) -> str:
    """An instruction in plainer words: "Start cooking" → "Cook", "let simmer" → "let it simmer"; else as it is."""
    for pattern, said in _SAYING:
        text = re.sub(pattern, said, text, flags=re.IGNORECASE)
    text = _IN_IT.sub(_done_in_it, text)
    text = _MEASURED.sub(_of_it, _BEGUN.sub(_done, _BOTH.sub(_done_both, text)))
    return text[:1].upper() + text[1:]


def _done_in_it(led: re.Match) -> str:
    """ "In a bowl, beat the eggs" is beat the eggs in a bowl."""
    place, verb, what = led.groups()
    end = next((found.start() for found in _FURTHER.finditer(what) if _goes_on(*found.groups())), len(what))
    if verb.lower() not in lexicon().verbs or re.search(r" (?:over|in|into|on) ", what[:end]):
        return led.group()
    return f"{verb} {what[:end]} {place[:1].lower()}{place[1:]}{what[end:]}"


def _goes_on(verb: str | None, following: str | None) -> bool:
    """Whether a further thing to do begins: "and stir in the milk", not "and salt"."""
    if verb is None:
        return True
    begins = following is None or following in ("it", "them", "in", "until", *lexicon().words["determiners"])
    return verb in lexicon().verbs and begins


def _of_it(measured: re.Match) -> str:
    """ "200 g flour" is 200 g of flour; but not "two cups with ice"."""
    amount, following = measured.groups()
    words = words_of(following)
    noun = name_length(words, 0) or (is_look(words, 0) and starts_noun(words, 1))
    return f"{amount} of " if noun and not verb_at(words, 0) else f"{amount} "


def _done_both(both: re.Match) -> str:
    """ "Finish by feeding the bush and adding mulch" is feed it and add mulch."""
    one, between, other = both.groups()
    verbs = [lexicon().gerunds.get(gerund.lower()) for gerund in (one, other)]
    return f"{verbs[0]}{between}{verbs[1]}" if all(verbs) else both.group()


def _done(begun: re.Match) -> str:
    before, begin, gerund, following = begun.groups()
    verb = lexicon().gerunds.get(gerund.lower())
    kept = begin.lower() == "keep" and not re.match(_GOING_ON, following, re.IGNORECASE)  # "keep cutting boards clean"
    if (
        not verb
        or kept
        or gerund.lower() in lexicon().words["in_ing"]
        or name_length(words_of(gerund + following), 0) > 1
    ):
        return begun.group()
    return before + (verb.capitalize() if begin[0].isupper() else verb)
