"""What the staff's search finds of a draft's name: name, then what is typed, in lists and in suggestions alike."""

FOUND = [
    # Accents and capitals
    ("École des mines", "ecole"),
    ("École des mines", "ÉCOLE"),
    ("École des mines", "E\u0301cole"),
    ("E\u0301cole des mines", "école"),
    ("Ecole des mines", "école"),
    ("Tłı̨chǫ Government", "Tlicho"),
    ("Tłı̨chǫ Government", "TŁĮCHǪ"),
    ("Tlicho Government", "Tłı̨chǫ"),
    ("Münster Straße GmbH", "munster strasse"),
    # Apostrophes
    ("O’Brien Resources", "O'Brien"),
    ("O'Brien Resources", "O’Brien"),
    ("O’Brien Resources", "o brien"),
    ("Mines de L’Île", "L'Île"),
    ("Mines de L'Ile", "l’ile"),
    ("Mines de L’Île", "ile"),
    # Ligatures
    ("Œuvre commune", "oeuvre"),
    ("Oeuvre commune", "œuvre"),
    ("Ærø Metals", "aero"),
    # Singular and plural, in both languages
    ("Northern batteries", "battery"),
    ("Northern battery", "batteries"),
    ("Métaux du Nord", "métal"),
    ("Métal du Nord", "metaux"),
    ("Travaux souterrains", "travail"),
    ("Women in mines", "woman mine"),
    # Several words, in any order, and the beginning of a word
    ("Compagnie minière Étoile", "etoile compagnie"),
    ("Compagnie minière Étoile", "comp mini éto"),
    ("Lanthanum Works", "la"),
    ("Zirconium Works", "z"),
    ("Semi-conducteurs du Québec", "semi-cond"),
    ("Compagnie minière Étoile", '"compagnie miniere"'),
    ("Compagnie minière Étoile", "étoile -lithium"),
    ("Compagnie minière Étoile", "lithium OU étoile"),
]

NOT_FOUND = [
    ("Compagnie minière Étoile", "compagnie lithium"),
    ("Compagnie minière Étoile", "étoile -compagnie"),
    ("Compagnie minière Étoile", '"étoile compagnie"'),
    ("École des mines", "cole"),
    ("Lanthanum Works", "!!!"),
    ("Lanthanum Works", "x" * 501),
]

#: What nobody means; it must only not fail.
HOSTILE = [
    "",
    " ",
    '"',
    "'",
    '"unclosed',
    "OR",
    "OR OR -",
    "-",
    "*",
    "%",
    "_",
    "\\",
    "a\\",
    "'; DROP TABLE gpi_portal_workingindex; --",
    "🙂",
    "\u202e\u202e",
    "\ud7ff\uffff",
    "x" * 10_000,
    "ab " * 170,
    "word " * 1_000,
    " ".join(f"w{number}" for number in range(160)),
    " OR ".join(f"w{number}" for number in range(60)),
    "-".join(f"w{number}" for number in range(120)),
]
