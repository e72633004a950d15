//! What names are made of. All invented; every e-mail address ends in `.example`.

/// A country with what its customers look like.
pub(crate) struct Country {
    pub(crate) tag: &'static str,
    /// With the `+`.
    pub(crate) dialling_code: &'static str,
    pub(crate) cities: &'static [City],
    pub(crate) families: &'static [&'static str],
    pub(crate) trades: &'static [Trade],
    /// `{f}` family, `{t}` trade, `{c}` city.
    pub(crate) patterns: &'static [&'static str],
    pub(crate) streets: &'static [&'static str],
    /// `{s}` street, `{n}` number, `{p}` postal code, `{c}` city.
    pub(crate) address: &'static str,
    pub(crate) postal_digits: u32,
}

pub(crate) struct City {
    pub(crate) name: &'static str,
    /// In letters a host name can have.
    pub(crate) plain: &'static str,
    pub(crate) area_code: &'static str,
}

pub(crate) struct Trade {
    pub(crate) name: &'static str,
    pub(crate) tag: &'static str,
}

const fn city(name: &'static str, plain: &'static str, area_code: &'static str) -> City {
    City {
        name,
        plain,
        area_code,
    }
}

const fn trade(name: &'static str, tag: &'static str) -> Trade {
    Trade { name, tag }
}

pub(crate) const COUNTRIES: &[Country] = &[
    Country {
        tag: "de",
        dialling_code: "+49",
        cities: &[
            city("Hamburg", "hamburg", "40"),
            city("München", "muenchen", "89"),
            city("Köln", "koeln", "221"),
            city("Leipzig", "leipzig", "341"),
            city("Nürnberg", "nuernberg", "911"),
            city("Stuttgart", "stuttgart", "711"),
            city("Freiburg im Breisgau", "freiburg", "761"),
        ],
        families: &[
            "Müller", "Schäfer", "Brandt", "Vogel", "Krüger", "Hofmann", "Lorenz", "Weiß", "Albrecht",
            "Jürgens", "Petersen", "Ziegler", "Böhm", "Seidel", "Kaiser", "Winkler",
        ],
        trades: &[
            trade("Autohaus", "retail"),
            trade("Klinik", "health"),
            trade("Gymnasium", "school"),
            trade("Hotel", "hotel"),
            trade("Maschinenbau", "industry"),
            trade("Logistik", "logistics"),
            trade("Steuerberatung", "office"),
            trade("Apotheke", "health"),
        ],
        patterns: &[
            "{t} {f} GmbH",
            "{f} {t} AG",
            "{t} {f} & Söhne, {c}",
            "{t} {f} {c}",
        ],
        streets: &[
            "Hauptstraße",
            "Bahnhofstraße",
            "Lindenallee",
            "Am Markt",
            "Goethestraße",
        ],
        address: "{s} {n}, {p} {c}",
        postal_digits: 5,
    },
    Country {
        tag: "fr",
        dialling_code: "+33",
        cities: &[
            city("Lyon", "lyon", "4"),
            city("Besançon", "besancon", "3"),
            city("Orléans", "orleans", "2"),
            city("Nîmes", "nimes", "4"),
            city("Paris", "paris", "1"),
            city("Bordeaux", "bordeaux", "5"),
            city("Saint-Étienne", "saint-etienne", "4"),
        ],
        families: &[
            "Lefèvre",
            "Béranger",
            "Moreau",
            "Gérard",
            "François",
            "Chevalier",
            "Noël",
            "Perrin",
            "Hébert",
            "Marçais",
            "Dubois",
            "Fontaine",
            "L’Hôpital",
            "Rivière",
            "Garnier",
            "Châtelain",
        ],
        trades: &[
            trade("Pharmacie", "health"),
            trade("Lycée", "school"),
            trade("Hôtel", "hotel"),
            trade("Établissements", "industry"),
            trade("Transports", "logistics"),
            trade("Librairie", "retail"),
            trade("Cabinet", "office"),
            trade("Boulangerie", "retail"),
        ],
        patterns: &["{t} {f}", "{t} {f} & Fils", "{t} {f} – {c}", "{t} {f} SARL"],
        streets: &[
            "rue de la République",
            "avenue Jean-Jaurès",
            "place de l’Église",
            "quai des Célestins",
        ],
        address: "{n} {s}, {p} {c}",
        postal_digits: 5,
    },
    Country {
        tag: "jp",
        dialling_code: "+81",
        cities: &[
            city("東京", "tokyo", "3"),
            city("大阪", "osaka", "6"),
            city("札幌", "sapporo", "11"),
            city("福岡", "fukuoka", "92"),
            city("名古屋", "nagoya", "52"),
            city("京都", "kyoto", "75"),
        ],
        families: &[
            "佐藤",
            "鈴木",
            "高橋",
            "田中",
            "渡辺",
            "伊藤",
            "山本",
            "中村",
            "小林",
            "加藤",
            "さくら",
            "みなと",
            "ひかり",
            "アサヒ",
        ],
        trades: &[
            trade("病院", "health"),
            trade("高等学校", "school"),
            trade("ホテル", "hotel"),
            trade("製作所", "industry"),
            trade("物流", "logistics"),
            trade("商店", "retail"),
            trade("法律事務所", "office"),
            trade("クリニック", "health"),
        ],
        patterns: &["株式会社{f}{t}", "{f}{t}", "{f}{t} {c}", "{c}{f}{t}"],
        streets: &["中央", "本町", "栄町", "緑が丘", "駅前通"],
        address: "〒{p} {c}市{s}{n}",
        postal_digits: 7,
    },
    Country {
        tag: "uk",
        dialling_code: "+44",
        cities: &[
            city("Leeds", "leeds", "113"),
            city("Bristol", "bristol", "117"),
            city("Edinburgh", "edinburgh", "131"),
            city("Cardiff", "cardiff", "29"),
            city("Norwich", "norwich", "1603"),
        ],
        families: &[
            "Ashworth",
            "Bennett",
            "Clarke",
            "O’Donnell",
            "Fairfax",
            "Hughes",
            "Marlowe",
            "Pemberton",
            "Quinn",
            "Sutton",
            "Thackeray",
            "Whitfield",
        ],
        trades: &[
            trade("Dental Practice", "health"),
            trade("Academy", "school"),
            trade("Inn", "hotel"),
            trade("Engineering", "industry"),
            trade("Haulage", "logistics"),
            trade("Garden Centre", "retail"),
            trade("Solicitors", "office"),
        ],
        patterns: &["{f} {t} Ltd", "{f} & Partners {t}", "{c} {f} {t}", "{f} {t}"],
        streets: &["High Street", "Station Road", "Church Lane", "Victoria Road"],
        address: "{n} {s}, {c}",
        postal_digits: 0,
    },
    Country {
        tag: "se",
        dialling_code: "+46",
        cities: &[
            city("Göteborg", "goteborg", "31"),
            city("Malmö", "malmo", "40"),
            city("Lund", "lund", "46"),
            city("Umeå", "umea", "90"),
        ],
        families: &[
            "Åkerström",
            "Björk",
            "Lindqvist",
            "Nyström",
            "Östlund",
            "Sjöberg",
            "Wallin",
            "Ekdahl",
            "Holmgren",
        ],
        trades: &[
            trade("Vårdcentral", "health"),
            trade("Gymnasieskola", "school"),
            trade("Hotell", "hotel"),
            trade("Verkstad", "industry"),
            trade("Åkeri", "logistics"),
            trade("Bokhandel", "retail"),
            trade("Revision", "office"),
        ],
        patterns: &["{f} {t} AB", "{f}s {t}", "{t} {f}, {c}"],
        streets: &["Storgatan", "Kungsgatan", "Järnvägsgatan", "Skolgatan"],
        address: "{s} {n}, {p} {c}",
        postal_digits: 5,
    },
];

pub(crate) const VERSIONS: &[(u64, &str)] = &[
    (10, "11.0.4.8"),
    (20, "11.1.2.4"),
    (30, "11.1.3.1"),
    (30, "11.1.3.2"),
    (10, "12.0.0.2"),
];
pub(crate) const PROVIDERS: &[&str] = &["Nordlicht Telekom", "Voix du Sud", "Kansai Denwa", "Albion Voice"];
pub(crate) const RESELLERS: &[&str] = &[
    "Möwe Systemhaus",
    "Atelier Réseau",
    "みどり通信",
    "Harbour Networks",
    "Fjord IT",
];
pub(crate) const SITES: &[&str] = &[
    "Warehouse",
    "Branch",
    "Workshop",
    "Reception",
    "Annex",
    "Depot",
    "Campus",
    "Clinic",
];
pub(crate) const NOTES: &[&str] = &[
    "",
    "",
    "Maintenance on Sundays only",
    "Serviceverlängerung bis Ende 2027",
    "Clé du local technique à l’accueil",
    "担当者は平日のみ対応",
    "Second site opens in spring",
    "Line one\nLine two, with a \"quotation\"",
];

/// Models of devices: short name, full name, type, number, architecture, chip.
pub(crate) const MODELS: &[[&str; 6]] = &[
    [
        "P3265-LVE",
        "P3265-LVE Dome Camera",
        "Dome Camera",
        "P3265-LVE",
        "aarch64",
        "Axis Artpec-8",
    ],
    [
        "P1468-LE",
        "P1468-LE Bullet Camera",
        "Bullet Camera",
        "P1468-LE",
        "aarch64",
        "Axis Artpec-8",
    ],
    [
        "M3085-V",
        "M3085-V Dome Camera",
        "Dome Camera",
        "M3085-V",
        "aarch64",
        "Ambarella CV25",
    ],
    [
        "Q6135-LE",
        "Q6135-LE PTZ Camera",
        "PTZ Camera",
        "Q6135-LE",
        "armv7hf",
        "Axis Artpec-7",
    ],
    [
        "Q1656",
        "Q1656 Box Camera",
        "Box Camera",
        "Q1656",
        "aarch64",
        "Axis Artpec-8",
    ],
    [
        "A8207-VE",
        "A8207-VE Network Video Door Station",
        "Network Video Door Station",
        "A8207-VE",
        "armv7hf",
        "Axis Artpec-6",
    ],
    [
        "M7116",
        "M7116 Video Encoder",
        "Video Encoder",
        "M7116",
        "aarch64",
        "Axis Artpec-8",
    ],
    [
        "C1310-E",
        "C1310-E Network Horn Speaker",
        "Network Horn Speaker",
        "C1310-E",
        "armv7hf",
        "NXP i.MX 6SX",
    ],
];
pub(crate) const DEVICE_VERSIONS: &[&str] = &[
    "8.40.76",
    "9.80.64",
    "10.12.228",
    "11.11.116",
    "11.11.124",
    "12.0.91",
    "12.2.62",
    "12.5.56",
];
/// Of video servers.
pub(crate) const VIDEO_SERVER_VERSIONS: &[&str] = &["5.59.412", "6.8.33", "6.14.120", "6.16.50", "6.18.7"];
/// Machines that video servers run on.
pub(crate) const RECORDERS: &[&str] = &[
    "S1216 Rack",
    "S1264 Rack",
    "S1296 Rack",
    "S2224 Appliance",
    "S3016",
];
pub(crate) const MAKER_PREFIXES: &[&str] = &["00408C", "ACCC8E", "B8A44F", "E82725"];
pub(crate) const PLACES: &[&str] = &[
    "Entrance",
    "Car park",
    "Loading bay",
    "Corridor",
    "Roof",
    "Reception",
    "Lager",
    "Accueil",
    "駐車場",
];
