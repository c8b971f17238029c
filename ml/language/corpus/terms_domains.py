"""What happens in many walks of life: titles with their steps in a sensible order.

One domain a line: `title | item; item; …`. An item without a prefix is an action in the
imperative; otherwise the letter before the colon is its kind (see `CODES`).
Indented lines continue the one above.
"""

from __future__ import annotations

from ml.language.corpus.flows_terms import Form, Term
from ml.spec.model import Kind

CODES: dict[str, Kind] = {
    "d": Kind.DATA,
    "s": Kind.STORE,
    "f": Kind.DOCUMENT,
    "m": Kind.MODEL,
    "u": Kind.PERSON,
    "v": Kind.SERVICE,
    "n": Kind.PROCESS,  # an action as a noun: "tokenization"
}

_TEXT = """
RAG bot | d:user question; clean the query; embed the question; s:vector store; retrieve top 5
  chunks; rerank; n:context assembly; build the prompt; m:LLM; check for hallucinations; add
  citations; d:answer; log the answer
document ingestion | f:PDF files; extract text; n:OCR; split into chunks; remove duplicates;
  compute embeddings; m:embedding model; d:chunk vectors; s:vector database; refresh the index
data pipeline | d:raw data; ingest; validate schema; n:data cleaning; drop duplicates; fill
  missing values; n:normalization; n:feature engineering; s:data warehouse; build dashboard;
  f:weekly report
ETL job | s:source database; extract; d:raw tables; s:staging bucket; transform; validate; load;
  s:data warehouse; refresh materialized views; notify the team
model training | d:training data; load batch; n:augmentation; n:forward pass; compute loss;
  backpropagate; update weights; evaluate; save checkpoint; m:trained model; d:metrics
ML pipeline | d:dataset; split into train and test; scale features; n:feature selection; train
  model; tune hyperparameters; evaluate on test set; register model; deploy; monitor drift
deep learning workflow | d:images; resize; normalize; m:CNN; d:feature maps; n:global pooling;
  m:classifier; d:predictions; compute accuracy; f:evaluation report
speech assistant | d:audio; n:noise reduction; n:voice activity detection; m:speech recognizer;
  d:transcript; n:intent detection; m:dialogue model; d:reply text; n:text to speech; d:spoken
  answer
video analysis | d:video; extract frames; n:object detection; n:tracking; m:action classifier;
  d:events; s:event store; v:alerting service; u:operator
recommender | d:click logs; s:feature store; n:candidate generation; m:ranking model; filter seen
  items; re-rank for diversity; d:recommendations; v:web app; u:user
CI/CD | push commit; run linter; run unit tests; build docker image; scan for vulnerabilities;
  push to registry; deploy to staging; run smoke tests; approve release; deploy to production;
  notify the channel
release process | freeze features; create release branch; update changelog; bump version; build
  artifacts; run regression tests; sign the package; publish; f:release notes; announce on the
  mailing list
MLOps | s:feature store; train model; validate model; s:model registry; n:canary deployment;
  v:prediction service; collect feedback; monitor drift; trigger retraining
agent | d:user task; plan; pick a tool; call the tool; observe result; reflect; update memory;
  write the answer; d:final answer
chatbot | d:message; n:language detection; n:intent classification; n:entity extraction; query
  knowledge base; m:GPT-4; generate reply; moderate reply; send reply
web app | u:user; v:browser; v:CDN; v:load balancer; v:API gateway; v:auth service; v:order
  service; s:Redis cache; s:Postgres; s:message queue; v:email service
streaming platform | v:mobile app; v:ingest API; s:Kafka; v:stream processor; s:ClickHouse;
  v:dashboard server; v:alert service; s:S3 bucket
payment flow | u:customer; v:checkout page; v:payment gateway; n:fraud check; authorize card;
  capture payment; s:ledger; f:receipt; v:notification service
order handling | receive order; check stock; reserve items; charge card; pick items; pack the box;
  print label; hand over to courier; f:invoice; confirm delivery
support ticket | u:customer; f:ticket; triage; assign an agent; u:support agent; reproduce the
  issue; fix bug; verify the fix; reply to customer; close ticket; f:satisfaction survey
hiring | f:job posting; collect applications; screen resumes; n:phone interview; n:technical
  interview; check references; u:hiring manager; make an offer; sign contract; onboard
onboarding | sign contract; create accounts; hand out laptop; n:security training; meet the team;
  assign a buddy; first commit; n:30 day review
expense approval | u:employee; f:expense claim; attach receipts; u:team lead; review claim;
  u:finance team; approve payment; pay out; archive documents
invoice processing | f:invoice; scan; extract line items; match purchase order; f:purchase order;
  approve; schedule payment; s:accounting system database; book the entry
loan application | f:application form; verify identity; pull credit report; compute risk score;
  m:risk model; u:underwriter; approve loan; f:loan agreement; transfer funds
insurance claim | u:policyholder; f:claim form; assess damage; estimate cost; u:adjuster;
  negotiate settlement; pay out; close claim
hospital visit | u:patient; u:receptionist; register patient; n:triage; u:nurse; take vitals;
  u:doctor; order blood test; diagnose; prescribe medication; f:prescription; discharge patient
clinical study | recruit participants; obtain consent; f:consent form; randomize; administer
  treatment; collect samples; s:study database; analyze data; f:study report
school admission | f:application; check documents; n:entrance exam; grade exam; n:interview; rank
  applicants; send acceptance letters; f:acceptance letter; enroll student
course | publish syllabus; hold lecture; hand out assignment; collect homework; grade homework;
  give feedback; n:final exam; u:teacher; u:student; f:certificate
logistics | receive shipment; unload truck; scan barcode; sort parcels; s:inventory database;
  store on shelf; pick order; load van; deliver parcel; get signature
manufacturing | order raw material; inspect material; cut; drill; weld; paint; n:quality control;
  assemble; package; ship
tea | boil water; warm the pot; add tea leaves; pour water; wait 4 minutes; strain; add milk;
  serve
coffee | grind beans; heat water; rinse filter; add coffee; pour slowly; wait 3 minutes; stir;
  drink
laundry | sort clothes; load the washer; add detergent; start the cycle; hang to dry; iron; fold;
  put away
bread | mix flour and water; knead the dough; let it rise; shape the loaf; preheat oven; bake for
  40 minutes; cool on rack; slice
morning | wake up; brush teeth; take a shower; get dressed; eat breakfast; pack bag; catch the
  bus; arrive at work
trip planning | pick a destination; compare flights; book flight; book hotel; pack suitcase; check
  in; fly; explore the city
gardening | prepare soil; plant seeds; water daily; remove weeds; add fertilizer; harvest; store
  vegetables
experiment | form hypothesis; design experiment; collect samples; run measurements;
  d:measurements; analyze results; draw conclusions; f:paper; submit to journal
genome analysis | d:raw reads; trim adapters; align to genome; call variants; annotate variants;
  s:variant database; filter; f:clinical report
peer review | u:author; f:manuscript; submit manuscript; u:editor; assign reviewers; u:reviewers;
  write reviews; revise; accept paper; publish
security incident | detect anomaly; v:SIEM; open incident; isolate host; collect evidence; f:log
  files; find root cause; remove malware; restore from backup; f:post-mortem
password reset | u:user; request reset; generate token; f:email; click link; verify token; set new
  password; invalidate sessions; log in
login | open login page; enter credentials; v:auth server; check password; send one-time code;
  verify code; create session; d:session token; load home page
sensor network | d:sensor readings; v:edge gateway; filter noise; aggregate; s:MQTT broker queue;
  s:time series database; n:anomaly detection; m:forecast model; v:alarm server; u:technician
A/B test | define metric; split traffic; show variant A; show variant B; d:click data; compute
  significance; pick winner; roll out
marketing campaign | define audience; s:customer database; write copy; design banner;
  f:newsletter; schedule campaign; send emails; track clicks; f:campaign report
bug triage | f:bug report; label issue; reproduce; estimate effort; assign developer; u:developer;
  write fix; open pull request; review code; merge; close issue
backup | lock tables; dump database; compress; encrypt; upload; s:cold storage; verify checksum;
  delete old backups; unlock tables
image generation | d:text prompt; m:text encoder; d:text embeddings; d:random noise; m:diffusion
  model; n:denoising; m:VAE decoder; d:image; m:safety filter model; n:upscaling
fine-tuning | d:instruction data; n:deduplication; tokenize; d:tokens; m:base model; n:LoRA
  training; m:fine-tuned model; n:evaluation; quantize; v:inference server
federated learning | v:central server; send weights; u:clients; train locally; encrypt gradients;
  collect updates; average weights; m:global model; evaluate
web crawler | s:URL queue; fetch page; check robots.txt; parse HTML; extract links; d:page text;
  deduplicate; s:document index; schedule next crawl
search engine | d:query; spell check; expand synonyms; s:inverted index; d:candidate documents;
  m:ranking model; d:search results; log clicks; d:training labels
newsroom | u:reporter; write draft; f:draft article; check facts; u:copy editor; edit; u:chief
  editor; approve; publish online; share on social media
restaurant | u:guest; take order; u:waiter; u:chef; prepare starter; cook main course; plate;
  serve dish; f:bill; pay
house buying | get mortgage approval; view houses; make offer; n:home inspection; f:purchase
  contract; sign contract; transfer money; get the keys
tax return | collect receipts; f:tax form; fill in form; compute deductions; submit; u:tax
  officer; review; f:tax assessment; pay balance
game loop | read input events; update physics; run AI; detect collisions; play sounds; render
  frame; swap buffers
compiler | f:source file; n:lexing; d:token stream; n:parsing; d:syntax tree; n:type checking;
  n:optimization; generate code; n:linking; f:binary file
robot | d:camera image; d:lidar scan; n:sensor fusion; n:localization; plan path; avoid obstacles;
  send motor commands; move arm
smart home | d:motion signal; v:hub; check schedule; turn on lights; adjust heating; v:phone app;
  notify owner; u:owner
e-commerce search | d:search text; autocomplete; v:search API; s:product catalog database; apply
  filters; m:relevance model; d:product list; v:storefront
fraud detection | d:transactions; s:Kafka topic; enrich with history; compute features; m:XGBoost;
  d:fraud score; block card; u:analyst; f:case file
credit scoring | d:customer data; s:SQL database; n:binning; m:logistic regression; d:credit
  score; f:scorecard report
library loan | u:reader; search catalog; s:book catalog database; reserve book; pick up book;
  read; renew loan; return book; pay fine
procurement | u:requester; f:purchase request; get three quotes; compare quotes; u:buyer;
  f:purchase order; receive goods; f:delivery note; pay supplier
product design | interview users; write personas; sketch ideas; build prototype; n:usability test;
  collect feedback; refine design; hand off to developers
emergency call | u:caller; u:dispatcher; locate caller; send ambulance; u:paramedics; stabilize
  patient; transport to hospital; f:incident report
"""


def _read(line: str) -> tuple[str, tuple[Term, ...]]:
    title, _, items = line.partition(" | ")
    terms = []
    for item in items.split("; "):
        code, colon, words = item.partition(":")
        if colon and code in CODES:
            terms.append(Term(words=words, kind=CODES[code], form=Form.of_noun(words)))
        else:
            terms.append(Term(words=item, kind=Kind.PROCESS, form=Form.VERB))
    return title, tuple(terms)


DOMAINS: tuple[tuple[str, tuple[Term, ...]], ...] = tuple(
    _read(line) for line in _TEXT.strip().replace("\n  ", " ").splitlines()
)
"""Title and items, in an order in which they may happen."""
