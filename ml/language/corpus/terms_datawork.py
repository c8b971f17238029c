"""Work with data and models as its people word it: steps of scripts, things, stores, models."""

from __future__ import annotations

import random

from ml.language.corpus import terms_words
from ml.language.corpus.flows_terms import Form, Term, fits, ways
from ml.language.corpus.terms_lexicon import OBJECTS, TOPICS
from ml.spec.model import Kind

_VERBS_WITH: tuple[tuple[str, str], ...] = (
    ("load|read|import|open|download|fetch|upload", "csv|parquet files|excel sheet|json dumps|"
     "raw logs|images|the config|labels|audio clips|tables|sensor data|the corpus|shapefiles|"
     "checkpoints"),
    ("drop|remove|fill|flag|count|fix", "duplicates|null values|outliers|empty columns|"
     "bad rows|missing values|stop words|bots|test accounts|old records|blurry images|"
     "short texts|nan rows|broken links"),
    ("clean|validate|check|trim|mask|inspect", "columns|the rows|names|timestamps|addresses|"
     "schema|prices|the text|ids|phone numbers|labels|personal data|currency codes|encodings"),
    ("encode|scale|normalize|bin|one-hot encode|log-transform", "features|dates|countries|"
     "numeric columns|the target|ages|amounts|strings|coordinates|classes|counts|ratings"),
    ("join|merge|union|stack|align", "tables|sources|orders with customers|both feeds|"
     "the dumps|time series|weather data|clicks and views|shards|regions|left and right frames"),
    ("split|shuffle|sample|stratify|batch", "the data|train and validation|by user|by date|"
     "rows|dev and test|into folds|train, dev|sessions|the examples|classes|sentences"),
    ("fit|train|tune|retrain|pretrain|fine-tune|evaluate|calibrate|distill|quantize",
     "baseline|the model|logistic regression|gradient boosting|tokenizer|encoder|a small tree|"
     "k-means|the ranker|linear model|forest|classifier|student model|svm|the reward model|"
     "vocabulary"),
    ("compute|report|compare|plot|track|log", "recall|rmse|metrics|f1 score|confusion matrix|"
     "roc curve|loss curves|feature importance|kpis|drift|residuals|precision and recall|"
     "shap values|perplexity"),
    ("save|publish|register|export|push|ship|archive", "weights|the winner|model artifact|"
     "predictions|the report|embeddings|docker image|results|model card|onnx file|dashboard|"
     "pickle|scores"),
    ("deploy|roll out|monitor|shadow test|canary|roll back", "the service|endpoint|new version|"
     "the api|model|inference server|batch job|the app|candidate"),
    ("deploy|ship|promote|release", "to staging|to production|on edge devices|to the test site"),
    ("aggregate|group|pivot|summarize|rank|sort", "by week|by region|per customer|sales|events|"
     "sessions|daily totals|by store|top items|incidents|by hour and device"),
    ("chunk|tokenize|embed|index|deduplicate|rewrite|translate|crawl", "documents|pages|"
     "paragraphs|queries|transcripts|tickets|manuals|the wiki|answers|code files|pdfs|comments"),
)  # fmt: skip
_ALONE = ways(
    "normalize|tokenize|deduplicate|quantize|validate|augment|shuffle|evaluate|deploy|monitor|"
    "retrain|backtest|rerank|postprocess|publish|impute|resample|vectorize|summarize|cleanup"
)
_NOUN_STEPS = ways(
    "feature engineering|data cleaning|candidate generation|noise reduction|intent detection|"
    "entity linking|text to speech|hyperparameter search|cross validation|drift check|"
    "batch scoring|"
    "schema check|quality gate|error analysis|speaker diarization|language detection|chunking|"
    "query rewriting|citation check|safety filtering|label review|error correction|face alignment|"
    "sentiment scoring|geo lookup|rate limiting|price rounding|fraud rules|shadow scoring"
)
_DATA = ways(
    "raw logs|click data|order data|user question|audio|transcript|answer|summary|reply text|"
    "sensor data|training set|test set|predictions|embeddings|features|weather data|scores|"
    "search query|spoken answer|video clip|pull request data|labels|GPS traces|meter readings|"
    "survey answers|chat messages|price list data|ratings|candidate items|tokens|metrics"
)
_MODELS = ways(
    "LLM|Whisper|embedding model|ranking model|reward model|speech recognizer model|CLIP|"
    "summarizer model|dialogue model|forecast model|classifier|language model|vision encoder|"
    "detector model|churn model|BERT|XGBoost|reranker model|translation model|policy network"
)
_STORES = ways(
    "feature store|model registry|vector store|data lake|Snowflake|BigQuery|Postgres|S3 bucket|"
    "data warehouse|CRM database|log store|Redshift|Delta Lake store|artifact store|Elasticsearch|"
    "staging table store|prompt cache|document index|metrics database|ERP database|Databricks lake"
)
_SERVICES = ways(
    "prediction service|ingest service|inference server|web app|Grafana|Airflow|dashboard app|"
    "scoring API|alert service|labeling platform|stream processor|Tableau server|chat bot|"
    "search service|Looker|notebook server|mobile app|feature API|recommendation service"
)
_DOCUMENTS = ways(
    "sales report|email|PDF files|model card document|weekly report|invoice|config file|contract|"
    "drift report|slide deck|audit report|release notes document|markdown files|HTML report"
)
_OF_KIND = {
    Kind.DATA: _DATA,
    Kind.MODEL: _MODELS,
    Kind.STORE: _STORES,
    Kind.SERVICE: _SERVICES,
    Kind.DOCUMENT: _DOCUMENTS,
}


def work_step(rng: random.Random) -> Term:
    """“fit scaler”, “split train and validation”; a third of them are composed of any words."""
    while True:
        roll = rng.random()
        if roll < 0.3:
            term = terms_words.step(rng)
        elif roll < 0.36:
            term = Term(rng.choice(_ALONE), Kind.PROCESS, Form.VERB)
        elif roll < 0.46:
            verbs, _ = rng.choice(_VERBS_WITH)
            a, b = rng.sample(OBJECTS, 2)
            term = Term(f"{rng.choice(verbs.split('|'))} {a} and {b}", Kind.PROCESS, Form.VERB)
        else:
            verbs, things = rng.choice(_VERBS_WITH)
            words = f"{rng.choice(verbs.split('|'))} {rng.choice(things.split('|'))}"
            term = Term(words.replace(",", " and"), Kind.PROCESS, Form.VERB)
        if fits(term.words):
            return term


def work_thing(rng: random.Random, *kinds: Kind) -> Term:
    """A noun: data, a model, a store, a service, a document or a named step."""
    kind = rng.choice(kinds or (*_OF_KIND, Kind.PROCESS, Kind.PROCESS))
    if rng.random() < 0.4:
        return terms_words.entity(rng, (kind,))
    words = rng.choice(_OF_KIND.get(kind, _NOUN_STEPS))
    if rng.random() < 0.25 and words[0].islower():
        words = f"{rng.choice(TOPICS)} {words}"
    return Term(words, kind, Form.of_noun(words))
