/** Made-up names, some in other scripts, with marks that combine, and outside the basic plane. */
export const GIVEN_NAMES = [
  "Albin", "Brisela", "Corwen", "Dalia", "Eskil", "Fenna", "Gorvin", "Hesper", "Idony", "Jorun", "Kestrel", "Lunet",
  "Marlow", "Nerys", "Osric", "Perrin", "Quilla", "Rowan", "Sunniva", "Torvald", "Ulla", "Vesper", "Wystan", "Xanthe",
  "Yrsa", "Zephyr", "Élodie", "Ødger", "Ærin", "Zoë", "Ἀλκμήνη", "Любава", "山彦", "नीलू", "Ame\u0301lie", "Tüwa",
]

export const FAMILY_NAMES = [
  "Ashgrove-Test", "Bramblewick", "Cinderhollow", "Dunmarrow", "Eelbrook", "Featherquill", "Glimmerstone", "Hazelmoor",
  "Inkwell", "Juniperhill", "Kettleburn", "Larkspindle", "Mossgate", "Nettlefold-Probe", "Oddfellow", "Pebblebrook",
  "Quickthorn", "Ravensmuir", "Saltmarsh", "Thistlewood", "Underbough", "Vanehollow", "Whistledown", "Yarrowfield",
  "Zinnwald", "d’Exemple", "O'Sample", "Østermark-Prøve", "Überall", "Παράδειγμα", "Образцова", "見本", "🎧 Müster", "Şablon",
]
