/* The words of transcription notes. Left out on purpose: words that are common speech in another of the languages, such
 * as Italian "ride", Swedish "suck" and French "sonne". */
#include "read/notes.h"

/* clang-format off */
static const char *const en_notes[] = {
    "anonymised", "anonymized", "applause", "beep", "beeping", "beeps", "blank audio", "breathes", "buzzes",
    "buzzing", "cheering", "chuckle", "chuckled", "chuckles", "chuckling", "clap", "clapping", "claps", "cough",
    "coughed", "coughing", "coughs", "cries", "cross talk", "cross-talk", "crosstalk", "crying", "door bangs",
    "door closes", "door opens", "door shuts", "door slams", "doorbell", "exhale", "exhales", "exhaling",
    "foreign language", "frowns", "gasp", "gasping", "gasps", "gesture", "gestures", "gesturing", "giggle",
    "giggles", "giggling", "grinning", "grins", "groan", "groaning", "groans", "hesitates", "hesitating",
    "hesitation", "humming", "hums", "inaudible", "incomprehensible", "indecipherable", "indiscernible",
    "indistinct", "inhale", "inhales", "inhaling", "interrupted", "interrupting", "interruption", "interrupts",
    "knock", "knocking", "knocks", "laugh", "laughed", "laughing", "laughs", "laughter", "mumbled", "mumbles",
    "mumbling", "music", "muttering", "mutters", "no answer", "no audio", "no response", "nod", "nodded", "nodding",
    "nods", "noise", "noises", "non-verbal", "nonverbal", "off mic", "off microphone", "off-mic", "overlap",
    "overlapping", "overlaps", "overtalk", "pause", "paused", "pauses", "pausing", "ph", "phonetic",
    "recording ends", "recording starts", "recording stops", "redacted", "ringing", "rings", "ringtone",
    "shakes head", "shaking head", "shrug", "shrugging", "shrugs", "sic", "sigh", "sighed", "sighing", "sighs",
    "silence", "silent", "singing", "sings", "smile", "smiled", "smiles", "smiling", "sneeze", "sneezes", "snickers",
    "sniff", "sniffing", "sniffles", "sniffling", "sniffs", "snort", "snorts", "sob", "sobbing", "sobs", "stammers",
    "stutters", "swallows", "tape ends", "tearful", "throat", "tuts", "unclear", "unintelligible", "vibrates",
    "weeping", "weeps", "whispered", "whispering", "whispers", "whistles", "whistling", "yawn", "yawning", "yawns"
};

static const char *const en_fillers[] = {
    "a", "about", "again", "all", "an", "and", "approx", "at", "audience", "audio", "background", "both", "brief",
    "briefly", "by", "cell", "clear", "clearing", "clears", "deep", "deeply", "door", "each", "everyone", "from",
    "general", "gently", "group", "he", "head", "heavily", "heavy", "her", "his", "in", "interviewee", "interviewer",
    "interviewers", "intro", "long", "longer", "loud", "loudly", "mobile", "multiple", "name", "nervous", "nervously",
    "of", "off", "on", "once", "or", "other", "out", "outro", "over", "participant", "participants", "phone", "playing",
    "plays", "quiet", "quietly", "recording", "respondent", "room", "same", "several", "she", "short",
    "simultaneously", "slight", "slightly", "small", "soft", "softly", "speaker", "speakers", "speaking", "speech",
    "still", "talk",
    "talking", "tape", "telephone", "the", "their", "then", "they", "time", "to", "together", "very", "voice",
    "voices", "while", "with"
};

static const char *const de_notes[] = {
    "achselzucken", "anonymisiert", "applaus", "atmet", "aufnahme beendet", "aufnahme endet", "ausatmen", "beifall",
    "bejahend", "denkpause", "durcheinander", "einatmen", "flüstern", "flüsternd", "flüstert", "gelächter",
    "geräusch", "geräusche", "gesprächspause", "gestikuliert", "grinst", "gähnen", "gähnt", "hintergrundgeräusch",
    "hintergrundgeräusche", "husten", "hustend", "hustet", "hüstelt", "ironisch", "kichern", "kichernd", "kichert",
    "klatschen", "klatscht", "klingeln", "klingelt", "klopfen", "klopft", "kopfnicken", "kopfschütteln", "lachen",
    "lachend", "lacht", "lachte", "lachten", "lächeln", "lächelnd", "lächelt", "lärm", "läutet", "murmeln",
    "murmelnd", "murmelt", "musik", "nicken", "nickend", "nickt", "niest", "nuschelt", "pause", "pausen", "pfeift",
    "piepen", "piept", "rascheln", "raschelt", "rauschen", "redepause", "räuspern", "räuspert", "schluchzen",
    "schluchzt", "schluckt", "schmunzeln", "schmunzelnd", "schmunzelt", "schnalzt", "schneuzt", "schnieft",
    "schnäuzt", "schulterzucken", "schweigen", "schweigt", "schüttelt", "seufzen", "seufzend", "seufzer", "seufzt",
    "singt", "sprechpause", "stille", "stockt", "stottert", "stöhnt", "störgeräusch", "störgeräusche", "summt",
    "türklingel", "undeutlich", "unhörbar", "unterbrechung", "unterbricht", "unterbrochen", "unv", "unverst",
    "unverständlich", "verneinend", "weinen", "weinend", "weinerlich", "weint", "wortabbruch", "zungenschnalzen",
    "zustimmend", "zögernd", "zögert", "ächzt", "überlappen", "überlappend", "überlappung"
};

static const char *const de_fillers[] = {
    "akustisch", "alle", "allgemeine", "allgemeines", "am", "an", "auf", "aufnahme", "aus", "band", "befragte",
    "befragten", "befragter", "beide", "beiden", "ca", "dabei", "das", "dem", "den", "der", "die", "ein", "eine",
    "einen", "einer", "er", "etwa", "etwas", "gemeinsam", "gemeinsames", "gleichzeitig", "gruppe", "handy",
    "hintergrund", "im", "in", "interviewer", "interviewerin", "kopf", "kurz", "kurze", "kurzer", "kurzes", "lang",
    "lange", "langes", "laut", "lautes", "leicht", "leichtes", "leise", "leises", "länger", "längere", "längeres",
    "mehrere", "mit", "nervös", "nochmal", "oder", "publikum", "reden", "satz", "schwer", "sehr", "sich", "sie",
    "sprechen", "spricht", "stimme", "stimmen", "teilnehmende", "teilnehmer", "teilnehmerin", "telefon", "tief",
    "tonband", "tür", "und", "verlegen", "vom", "von", "wieder", "wort", "wörter", "zu", "zum"
};

static const char *const sv_notes[] = {
    "andas", "applåd", "applåder", "avbrott", "avbryter", "avbryts", "bakgrundsljud", "fniss", "fnissar", "fnittrar",
    "gråt", "gråter", "gäspar", "harklar", "harkling", "hostar", "hostning", "hörs ej", "hörs inte", "klappar",
    "knackar", "leende", "ler", "mumlar", "musik", "nickande", "nickar", "nynnar", "nyser", "ohörbar", "ohörbart",
    "otydligt", "paus", "pauser", "ringer", "ringsignal", "sjunger", "skakar", "skratt", "skrattade", "skrattande",
    "skrattar", "snyftar", "snörvlar", "störning", "suckande", "suckar", "tvekan", "tvekar", "tyst", "tystnad",
    "viskande", "viskar", "visslar", "överlappande"
};

static const char *const sv_fillers[] = {
    "alla", "av", "bakgrunden", "båda", "deltagare", "deltagaren", "den", "det", "dörr", "dörren", "en", "ett",
    "för", "huvudet", "högt", "i", "intervjuare", "intervjuaren", "kort", "lite", "ljud", "längre", "lång", "långt",
    "med", "mobil", "mobilen", "och", "ord", "pratar", "på", "samtidigt", "sig", "själv", "svagt", "talar",
    "telefon", "telefonen"
};

static const char *const fr_notes[] = {
    "acquiesce", "applaudissements", "applaudit", "bruit", "bruits", "bâille", "chevauchement", "chevauchements",
    "chuchote", "chuchotement", "chuchotements", "coupure", "haussement", "hoche", "hochement", "hésitation",
    "hésite", "inaudible", "inaudibles", "incompréhensible", "incompréhensibles", "indistinct", "inintelligible",
    "interrompt", "interruption", "marmonne", "murmure", "murmures", "musique", "pause", "pauses", "pleure",
    "pleurs", "portable sonne", "racle", "raclement", "raclements", "renifle", "riant", "ricane", "ricanement",
    "rient", "rigole", "rigolent", "rire", "rires", "rit", "sanglote", "sanglots", "siffle", "silence", "silences",
    "sonnerie", "soupir", "soupire", "soupirs", "souriant", "sourire", "sourit", "tousse", "toux", "téléphone sonne",
    "éternue"
};

static const char *const fr_fillers[] = {
    "au", "aux", "avec", "bref", "brève", "court", "courte", "d", "de", "des", "deux", "doucement", "du", "elle",
    "elles", "en", "enquêteur", "enquêtrice", "ensemble", "et", "fond", "fort", "fortement", "gorge", "il", "ils",
    "intervieweur", "intervieweuse", "l", "la", "le", "les", "long", "longs", "longue", "longues", "léger", "légers",
    "légère", "mot", "mots", "nerveusement", "nerveux", "parle", "parlent", "parole", "paroles", "petit", "petite",
    "petits", "portable", "porte", "s", "sa", "se", "ses", "simultanées", "son", "tous", "téléphone", "tête", "un",
    "une", "à", "épaules"
};

static const char *const es_notes[] = {
    "aplaude", "aplausos", "asiente", "bosteza", "carraspea", "carraspeo", "estornuda", "gesticula", "inaudible",
    "incomprensible", "ininteligible", "interrumpe", "interrupción", "llanto", "llora", "lloran", "llorando",
    "murmullo", "murmullos", "murmura", "música", "niega con", "pausa", "pausas", "riendo", "risa", "risas", "ruido",
    "ruidos", "ríe", "ríen", "silba", "silencio", "silencios", "solapamiento", "solloza", "sollozos", "sonriendo",
    "sonrisa", "sonríe", "suena el", "suspira", "suspiro", "suspiros", "susurra", "susurros", "titubea", "tos",
    "tose", "vacila"
};

static const char *const es_fillers[] = {
    "a", "al", "ambas", "ambos", "breve", "cabeza", "celular", "con", "corta", "corto", "de", "del", "el", "en",
    "entrevistada", "entrevistado", "entrevistador", "entrevistadora", "fondo", "fuerte", "garganta", "habla",
    "hablan", "la", "larga", "largo", "las", "leve", "ligera", "ligero", "los", "móvil", "nerviosa", "nervioso", "o",
    "palabra", "palabras", "puerta", "se", "teléfono", "todas", "todos", "un", "una", "unos", "vez", "voces", "y"
};

static const char *const nl_notes[] = {
    "aarzelt", "applaus", "deurbel", "door elkaar", "fluisterend", "fluistert", "gaapt", "geeuwt", "geklap",
    "gelach", "geluiden", "giechelt", "glimlacht", "grinnikt", "hoest", "hoesten", "huilen", "huilend", "huilt",
    "knikken", "knikkend", "knikt", "kucht", "lachen", "lachend", "lacht", "lawaai", "mompelend", "mompelt",
    "muziek", "neuriet", "niest", "onderbreekt", "onderbreking", "onduidelijk", "onhoorbaar", "onverstaanbaar",
    "overlappend", "pauze", "pauzes", "rinkelt", "ruis", "schraapt", "schudt", "snikt", "snuift", "stilte",
    "telefoon gaat", "telefoon rinkelt", "zingt", "zucht", "zuchten", "zuchtend"
};

static const char *const nl_fillers[] = {
    "aan", "achtergrond", "allemaal", "allen", "beide", "beiden", "de", "deelnemer", "deur", "een", "en", "geluid",
    "haar", "hard", "het", "hoofd", "in", "keel", "kort", "korte", "lang", "lange", "lichte", "luid", "met",
    "mobiel", "op", "praat", "praten", "respondent", "samen", "spreken", "spreker", "sprekers", "telefoon", "van",
    "weer", "woord", "woorden", "zacht", "zachtjes", "zijn"
};

static const char *const it_notes[] = {
    "annuisce", "applausi", "applauso", "bisbiglia", "canticchia", "esita", "esitazione", "fischia", "inaudibile",
    "incomprensibile", "inintelligibile", "interrompe", "interruzione", "mormora", "musica", "pausa", "pause",
    "piange", "pianto", "ridendo", "ridono", "risata", "risate", "rumore", "rumori", "sbadiglia", "sbuffa",
    "schiarisce", "scuote", "silenzi", "silenzio", "singhiozza", "sorride", "sorriso", "sospira", "sospiri",
    "sospiro", "sovrapposizione", "sovrapposizioni", "squilla", "starnutisce", "sussurra", "sussurro", "tosse",
    "tossisce"
};

static const char *const it_fillers[] = {
    "breve", "cellulare", "con", "del", "della", "di", "e", "entrambi", "fondo", "forte", "gli", "gola", "i", "il",
    "in", "insieme", "intervistata", "intervistato", "intervistatore", "intervistatrice", "la", "le", "lieve", "lo",
    "lunga", "lungo", "nervosa", "parola", "parole", "porta", "si", "sottofondo", "telefono", "testa", "tutti", "un",
    "una", "uno", "voce", "voci"
};

static const char *const pt_notes[] = {
    "acena", "aplausos", "assente", "assobia", "barulho", "boceja", "cantarola", "chora", "chorando", "choro",
    "espirra", "gargalhada", "gargalhadas", "hesita", "hesitação", "imperceptível", "impercetível", "inaudível",
    "incompreensível", "ininteligível", "interrompe", "interrupção", "murmura", "murmúrio", "música", "palmas",
    "pausa", "pausas", "pigarreia", "pigarro", "ri", "riem", "rindo", "risada", "risadas", "riso", "risos", "ruído",
    "ruídos", "silêncio", "sobreposição", "soluça", "sorri", "sorriso", "suspira", "suspiro", "sussurra", "sussurro",
    "telefone toca", "telemóvel toca", "tosse", "tossindo"
};

static const char *const pt_fillers[] = {
    "a", "ambos", "as", "breve", "cabeça", "celular", "com", "curta", "curto", "da", "de", "do", "e", "em",
    "entrevistada", "entrevistado", "entrevistador", "entrevistadora", "forte", "fundo", "garganta", "juntos",
    "leve", "longa", "longo", "na", "nervoso", "nervosos", "no", "o", "os", "palavra", "palavras", "porta", "se",
    "telefone", "telemóvel", "todos", "um", "uma", "vozes"
};

static const char *const he_notes[] = {
    "אנחה", "בוכה", "בכי", "הפסקה", "הפרעה", "חיוך", "לא ברור", "לא מובן", "לא נשמע", "לא שומעים", "לוחש", "לוחשת",
    "מהנהן", "מהנהנת", "מוזיקה", "מוסיקה", "מחיאות", "מחייך", "מחייכת", "מכחכח", "מכחכחת", "ממלמל", "ממלמלת",
    "מצלצל", "משתעל", "משתעלת", "נאנח", "נאנחת", "פיהוק", "צוחק", "צוחקות", "צוחקים", "צוחקת", "צחוק", "צלצול",
    "רעש", "רעשים", "שותק", "שותקת", "שיעול", "שקט", "שתיקה"
};

static const char *const he_fillers[] = {
    "ארוך", "ארוכה", "את", "בראש", "בראשה", "בראשו", "ברקע", "דלת", "הטלפון", "טלפון", "יחד", "כולם", "כפיים",
    "מראיין", "מראיינת", "מרואיין", "מרואיינת", "נייד", "עם", "קצר", "קצרה", "ראש", "רקע", "של", "שניהם"
};

static const char *const hi_notes[] = {
    "अश्रव्य", "अस्पष्ट", "ख़ामोशी", "खाँसता", "खाँसती", "खाँसते", "खाँसी", "खांसता", "खांसती", "खांसते", "खांसी",
    "खामोशी", "घंटी", "चुप्पी", "ठहाका", "ठहाके", "तालियाँ", "तालियां", "फुसफुसाती", "फुसफुसाते", "फुसफुसाहट",
    "बजता", "बजती", "मुस्कान", "मुस्कुराती", "मुस्कुराते", "मौन", "रोता", "रोती", "रोते", "विराम", "व्यवधान", "शोर",
    "संगीत", "साँस", "सांस", "सिसकते", "सिसकी", "सुनाई नहीं", "हँसता", "हँसती", "हँसते", "हँसी", "हंसता", "हंसती",
    "हंसते", "हंसी", "हिलाती", "हिलाते"
};

static const char *const hi_fillers[] = {
    "और", "का", "की", "के", "गहरी", "छोटा", "छोटी", "दोनों", "पृष्ठभूमि", "फ़ोन", "फोन", "में", "लंबा", "लंबी",
    "लम्बा", "लम्बी", "सब", "सभी", "सिर", "से", "हल्की", "हुआ", "हुई", "हुए", "है", "हैं"
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define LIST(language)                                                                                                 \
    {                                                                                                                  \
#language, language##_notes, COUNT(language##_notes), language##_fillers, COUNT(language##_fillers)            \
    }

const att_note_list att_note_lists[] = {LIST(en), LIST(de), LIST(sv), LIST(fr), LIST(es),
                                        LIST(nl), LIST(it), LIST(pt), LIST(he), LIST(hi)};
const size_t att_note_list_count = COUNT(att_note_lists);
