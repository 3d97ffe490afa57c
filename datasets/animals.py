"""The table of animals: what is usual in each class, and how every animal differs from it.

From general zoological knowledge, written for this course. An adult of each kind is meant; where the sexes or the
castes of a kind differ, the card (README.md) says which is meant.
"""

from __future__ import annotations

import re

FEATURES = (
    "hair", "feathers", "eggs", "milk", "airborne", "aquatic", "predator", "toothed", "backbone", "breathes",
    "venomous", "fins", "legs", "tail", "domestic", "catsize",
)  # fmt: skip
CLASSES = ("mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate")
LETTERS = {
    "H": "hair", "F": "feathers", "E": "eggs", "M": "milk", "A": "airborne", "W": "aquatic", "P": "predator",
    "T": "toothed", "B": "backbone", "R": "breathes", "V": "venomous", "N": "fins", "L": "tail", "D": "domestic",
    "C": "catsize",
}  # fmt: skip

# What is usual: letters for the features that are there, then the number of legs.
USUAL = {
    "mammal": ("HMTBRL", 4),
    "bird": ("FEABRL", 2),
    "reptile": ("ETBRL", 4),
    "fish": ("EWTBNL", 0),
    "amphibian": ("EWPTBR", 4),
    "insect": ("EAR", 6),
    "invertebrate": ("E", 0),
}

# The animals of each class: +letters are there as well, -letters are not there, =n is another number of legs.
ANIMALS = {
    "mammal": """
        aardvark +PC; African elephant +C; alpaca +DC; anteater -T +PC; armadillo +PC; badger +PC; beaver +WC;
        blue whale -HT +WNC =0; brown bear +PC; camel +DC; capybara +WC -L; cat +PDC; cheetah +PC; chimpanzee +PC -L;
        cow +DC; dog +PDC; dolphin -H +WPNC =0; donkey +DC; dormouse; echidna +EP -T; ferret +PD; fox +PC;
        fruit bat +A -L =2; giraffe +C; goat +DC; gorilla +C -L; guinea pig +D -L; hamster +D; hare; hedgehog +P;
        hippopotamus +WC; horse +DC; kangaroo +C =2; koala +C -L; leopard +PC; lion +PC; manatee +WNC =0; mole +P;
        mongoose +P; mouse; naked mole-rat -H; orca -H +WPNC =0; pangolin -T +PC; pig +DC; pipistrelle +AP =2;
        platypus +EWPV -T; polar bear +WPC; porcupine +C; rabbit +D; raccoon +PC; red squirrel; reindeer +DC;
        rhinoceros +C; sea otter +WPC; seal +WPNC =0; sheep +DC; slow loris +PV -L; sloth +C -L; tiger +PC;
        vampire bat +AP -L =2; water shrew +WPV; wolf +PC; wombat +C -L; yak +DC; zebra +C
    """,
    "bird": """
        albatross +WPC; barn owl +P; blackbird +P; cassowary -A +C; chicken +D; crow +P; cuckoo +P; duck +W;
        emperor penguin -A +WPC; emu -A +C; flamingo +W; golden eagle +PC; goose +WDC; gull +WP; heron +WP;
        hummingbird; kakapo -A; kingfisher +WP; kiwi -AL +P; magpie +P; nightingale +P; ostrich -A +C; parakeet +D;
        peacock +DC; pelican +WPC; pigeon +D; puffin +WP; quail +D; raven +P; roadrunner +P; robin +P;
        rockhopper penguin -A +WP; sparrow; sparrowhawk +P; stork +P; swan +WC; swift +P; toucan; turkey +DC;
        vulture +C; woodpecker +P
    """,
    "reptile": """
        adder -E +PV =0; alligator +WPC; anaconda -E +WPC =0; boa -E +PC =0; chameleon +P; cobra +PVC =0;
        coral snake +PV =0; crocodile +WPC; galapagos tortoise -T +C; gecko +P; gila monster +PV; grass snake +WP =0;
        green iguana; green sea turtle -T +WC; komodo dragon +PVC; marine iguana +W; python +P =0;
        rattlesnake -E +PV =0; red-eared slider -T +WP; sea snake -E +WPV =0; slow worm -E +P =0; tuatara +P;
        wall lizard +P
    """,
    "fish": """
        anchovy; anglerfish +PC; barracuda +PC; carp +DC; clownfish; cod +PC; eel +P; electric eel +PRC;
        flying fish +A; goldfish +D; great white shark -E +PC; haddock +P; hammerhead -E +PC; herring; lamprey +P;
        lionfish +PV; lungfish +PR; manta ray -E +C; moray eel +PC; mudskipper +PR; perch +P; pike +PC; piranha +P;
        plaice +P; puffer fish +P; salmon +PC; seahorse -T +P; stingray -E +PVC; stonefish +PV; sturgeon -T +PC;
        swordfish -T +PC; trout +P; tuna +PC; wels catfish +PC; whale shark -E +C
    """,
    "amphibian": """
        African clawed frog; alpine salamander -EW +L; axolotl +L; bullfrog; caecilian -W =0; cane toad -T;
        common frog; common toad -T; crested newt +L; fire salamander -EW +L; giant salamander +LC; midwife toad;
        olm +L; poison dart frog -T; siren +L =2; smooth newt +L; tree frog
    """,
    "insect": """
        aphid -A; backswimmer +WP; bedbug -A; bumblebee +HV; cicada; cockroach; cricket; diving beetle +WP;
        dragonfly +P; earwig; firefly +P; flea -A; grasshopper; head louse -A; honeybee +HVD; hornet +PV; housefly +H;
        lacewing +P; ladybird +P; locust; mantis +P; mayfly; monarch butterfly +H; mosquito; pond skater -A +WP;
        silk moth -A +HD; stag beetle; stick insect -A; termite -A; wasp +PV; wood ant -A +P
    """,
    "invertebrate": """
        barnacle +W; box jellyfish +WPV; brittle star +W =5; clam +W; coral +WP; crab +WP =10; crayfish +WPL =10;
        cuttlefish +WPVN =10; earthworm; flatworm +WP; garden snail +R; garden spider +PRV =8; giant clam +WC;
        giant squid +WPNC =10; harvestman +PR =8; hermit crab +WP =10; horseshoe crab +WPL =10;
        house centipede +PRV =30; jellyfish +WPV; krill +WL =10; leech +WP; lobster +WPL =10; mussel +W;
        octopus +WPVC =8; oyster +W; pond snail +WR; scallop +W; scorpion -E +PRVL =8; sea anemone +WPV;
        sea cucumber +W; sea urchin +W; shrimp +WL =10; slug +R; sponge +W; starfish +WP =5; tapeworm;
        tarantula +HPRV =8; tick +R =8; woodlouse +R =14
    """,
}
_ENTRY = re.compile(r"(?P<name>[A-Za-z][A-Za-z -]*?[a-z])(?P<changes>(?: [+-][A-Z]+)*)(?: =(?P<legs>\d+))?")


def rows() -> list[tuple[object, ...]]:
    """The header, then one row an animal, by name."""
    table = [_row(entry, kind) for kind, text in ANIMALS.items() for entry in " ".join(text.split()).split("; ")]
    return [("animal_name", *FEATURES, "type"), *sorted(table, key=lambda row: str(row[0]).lower())]


def _row(entry: str, kind: str) -> tuple[object, ...]:
    match = _ENTRY.fullmatch(entry)
    if match is None:
        raise ValueError(f"cannot read {entry!r}")
    letters, legs = USUAL[kind]
    there = set(letters)
    for change in match["changes"].split():
        group = set(change[1:])
        wrong = group & there if change[0] == "+" else group - there
        if wrong:
            raise ValueError(f"{entry!r} changes nothing by {sorted(wrong)}: that is usual for a {kind}")
        there = there | group if change[0] == "+" else there - group
    has = {LETTERS[letter] for letter in there}
    values = [int(match["legs"] or legs) if feature == "legs" else int(feature in has) for feature in FEATURES]
    return (match["name"], *values, kind)
