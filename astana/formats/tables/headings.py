"""What columns of tables are called, by what they say.

In English, German, French, Dutch, Spanish, Italian, Portuguese, Turkish, Russian, Arabic and
Persian. What is more exact comes first.
"""

HEADINGS = {
    "key": "position id|position key|statement id|key|id|nr|no|kennung|identifiant|clave|kimlik",
    "actor": (
        "actor name|actor|actors|akteur|akteurin|akteure|acteur|acteurs|actores|attore|"
        "attori|ator|aktör|актор|участник|فاعل|الطرف|بازیگر|party|partei|parti|partij|"
        "partido|partito|country|organization|organisation|who|wer|qui|quién|chi|kim|кто"
    ),
    "issue": (
        "issue title|issue|issues|topic|theme|question|concept|claim|thema|frage|streitfrage|"
        "sujet|thème|enjeu|onderwerp|kwestie|tema|asunto|cuestión|questione|questão|konu|"
        "mesele|тема|вопрос|القضية|الموضوع|موضوع|مسئله"
    ),
    "stance": (
        "stance label|stance|position|answer|haltung|standpunkt|antwort|positionierung|"
        "réponse|standpunt|houding|postura|posición|respuesta|posizione|risposta|posição|"
        "resposta|duruş|tutum|позиция|ответ|الموقف|موضع"
    ),
    "value": "value|score|wert|valeur|waarde|valor|valore|değer|значение|القيمة|مقدار",
    "passage": (
        "passage|quote|quotation|words|excerpt|evidence|zitat|textstelle|fundstelle|beleg|"
        "citation|extrait|citaat|cita|citación|citazione|citação|alıntı|цитата|اقتباس|"
        "نقل قول"
    ),
    "summary": (
        "summary|zusammenfassung|résumé|samenvatting|resumen|sintesi|resumo|özet|резюме|ملخص|خلاصه"
    ),
    "condition": "condition|bedingung|voorwaarde|condición|condizione|condição|koşul|условие|شرط",
    "said": (
        "said|date said|date of statement|statement date|gesagt|geäußert|datum der äußerung|"
        "date de la déclaration|dit le|söylendi|дата высказывания"
    ),
    "voice": "voice|mode|stimme|voix|stem|voz|voce|ses|голос",
    "certainty": "certainty|gewissheit|certitude|zekerheid|certeza|certezza|kesinlik|уверенность",
    "by": (
        "attributed by|attributed to|according to|laut|zugeschrieben von|selon|volgens|según|"
        "secondo|segundo"
    ),
    "speaker": (
        "speaker|spokesperson|person|sprecher|sprecherin|porte parole|orateur|spreker|"
        "portavoz|orador|oratore|konuşmacı|спикер|المتحدث|سخنگو"
    ),
    "article": (
        "article title|title|headline|article|titel|überschrift|schlagzeile|artikel|titre|"
        "kop|título|titular|titolo|başlık|заголовок|العنوان|عنوان"
    ),
    "source": (
        "source name|source|newspaper|outlet|publisher|medium|quelle|zeitung|journal|média|"
        "bron|krant|fuente|periódico|medio|fonte|giornale|jornal|kaynak|gazete|источник|"
        "газета|المصدر|منبع"
    ),
    "published": (
        "publication date|date published|published|date|day|erscheinungsdatum|datum|tag|"
        "date de publication|fecha|fecha de publicación|data|tarih|дата|التاريخ|تاریخ"
    ),
    "url": (
        "url|link|address|adresse|lien|dirección|enlace|indirizzo|endereço|adres|bağlantı|"
        "ссылка|الرابط|نشانی"
    ),
    "language": "language|sprache|langue|taal|idioma|lingua|língua|dil|язык|اللغة|زبان",
    "byline": "author|authors|byline|autor|autorin|auteur|autore|yazar|автор|الكاتب|نویسنده",
    "text": "full text|text|volltext|texte|tekst|texto|testo|metin|текст|النص|متن",
    "note": (
        "note|notes|comment|comments|notiz|anmerkung|kommentar|commentaire|remarque|"
        "opmerking|nota|comentario|commento|not|примечание|ملاحظة|یادداشت"
    ),
}
