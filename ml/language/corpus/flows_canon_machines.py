"""Flows of software and of machine learning that people ask for by name alone.

Each: names that take an article, names that take none, and the nodes in spec, their numbers
left out.
"""

from __future__ import annotations

MACHINES: tuple[tuple[str, str, str], ...] = (
    (
        "RAG pipeline|retrieval-augmented generation pipeline|RAG chatbot|RAG system|RAG app",
        "RAG|retrieval augmented generation|retrieval-augmented generation",
        "data Question ->1,4; model Embedding model; store Vector store; "
        "process Retrieve passages; "
        "process Build prompt; model LLM; data Answer",
    ),
    (
        "document indexing pipeline|vector indexing pipeline|RAG ingestion pipeline",
        "indexing documents for RAG|document ingestion for RAG",
        "document Documents; process Split into chunks; model Embedding model; store Vector store",
    ),
    (
        "chatbot|simple chatbot|chat bot|LLM chatbot|customer service bot",
        "a chat with an LLM|chatbots",
        "person User; process Build prompt; model LLM; data Answer ->0",
    ),
    (
        "LLM agent|AI agent|tool-using agent|ReAct agent|agent loop",
        "LLM agents|tool use by an LLM|function calling",
        "person User; model LLM; decision Tool needed? ->3 yes,4 no; service Tool ->1; "
        "data Answer",
    ),
    (
        "machine learning pipeline|ML pipeline|ml workflow|model training pipeline|data science "
        "workflow",
        "machine learning|training a model|supervised learning",
        "data Raw data; process Clean; process Extract features; process Train; process Evaluate; "
        "decision Good enough? ->6 yes,3 no; process Deploy",
    ),
    (
        "MLOps pipeline|mlops workflow|model monitoring loop",
        "MLOps|mlops|ML in production",
        "store Feature store; process Train; process Evaluate; store Model registry; "
        "service Serving; "
        "process Monitor; decision Drift? ->1 yes,4 no",
    ),
    (
        "ETL pipeline|etl job|ETL process|data warehouse load",
        "ETL|etl|extract transform load",
        "store Sources; process Extract; process Transform; process Load; store Data warehouse",
    ),
    (
        "ELT pipeline|elt job",
        "ELT|elt|extract load transform",
        "store Sources; process Extract; process Load; store Data warehouse; process Transform; "
        "document Reports",
    ),
    (
        "streaming pipeline|stream processing pipeline|Kafka pipeline|event streaming setup",
        "stream processing|event streaming",
        "service Producers; store Kafka; process Stream processor ->3,4; store Database; "
        "service Dashboard",
    ),
    (
        "recommender system|recommendation engine|recommendation system|recommender",
        "recommendations in a shop|product recommendations",
        "person User; process Collect events; store Event log; process Find candidates; "
        "model Ranking model; data Recommendations ->0",
    ),
    (
        "search engine|web search engine|site search",
        "web search|full-text search",
        "service Crawler; process Index pages; store Index ->5; person User; data Query; "
        "process Rank; data Results",
    ),
    (
        "speech recognition pipeline|ASR pipeline|speech-to-text pipeline",
        "speech recognition|speech to text|ASR",
        "data Audio; process Extract features; model Acoustic model; process Decode; data Text",
    ),
    (
        "voice assistant|smart speaker|voice bot",
        "voice assistants",
        "person User; process Speech to text; model Language model; process Text to speech; "
        "data Spoken answer ->0",
    ),
    (
        "object detection pipeline|image recognition pipeline|computer vision pipeline",
        "object detection|image recognition",
        "data Image; process Resize; model Detector; process Filter boxes; data Objects",
    ),
    (
        "spam filter|email spam filter|spam detection system",
        "spam filtering|spam detection",
        "document Email; process Extract features; model Classifier; decision Spam? ->4 yes,5 no; "
        "store Spam folder ->; store Inbox ->",
    ),
    (
        "fraud detection system|fraud check|payment fraud pipeline",
        "fraud detection|card fraud detection",
        "data Transaction; model Risk model; decision Suspicious? ->3 yes,4 no; "
        "person Analyst ->; process Approve ->",
    ),
    (
        "CI/CD pipeline|ci pipeline|CI pipeline|build pipeline|deployment pipeline|DevOps pipeline",
        "CI/CD|continuous integration|continuous delivery|ci/cd",
        "person Developer; process Push; process Build; process Test; "
        "decision Passed? ->5 yes,0 no; "
        "process Deploy; service Production",
    ),
    (
        "git workflow|git branching workflow|Git commit flow",
        "git|Git|version control|version control with git",
        "data Working copy; process Add; store Staging area; process Commit; "
        "store Local repository; "
        "process Push; store Remote repository; process Pull ->0",
    ),
    (
        "pull request workflow|code review workflow|pull request|merge request|PR process",
        "code review|reviewing code",
        "person Author; process Open pull request; person Reviewer; "
        "decision Approved? ->4 yes,0 no; "
        "process Merge",
    ),
    (
        "login flow|login system|sign-in flow|login page|password check",
        "login|logging in|user authentication|authentication",
        "start; process Enter password; decision Correct? ->3 yes,1 no; process Open session; end",
    ),
    (
        "OAuth flow|OAuth login|oauth2 flow|single sign-on flow",
        "OAuth|OAuth 2.0|oauth2|single sign-on|SSO",
        "person User; service App ->2,4 token; service Login provider ->3; "
        "process Issue token ->1; "
        "service API",
    ),
    (
        "password reset flow|password reset|forgot-password flow",
        "resetting a password|password recovery",
        "person User; process Request reset; document Email with link; "
        "process Set new password; end",
    ),
    (
        "web request|HTTP request|web page load|http request cycle",
        "HTTP|the web|loading a web page|a browser loading a page",
        "person User; service Browser ->2 request,0 page; service Web server ->3 query,1 response; "
        "store Database ->2 rows",
    ),
    (
        "three-tier architecture|3-tier architecture|web app architecture|web application|web app",
        "web applications",
        "person User; service Frontend; service Backend; store Database",
    ),
    (
        "REST API|rest api|API backend",
        "REST|REST APIs",
        "person Client; service API gateway; process Authenticate; service Service; store Database",
    ),
    (
        "microservice architecture|microservices architecture|set of microservices",
        "microservices|micro services",
        "person Client; service API gateway ->2,3,4; service User service ->5; "
        "service Order service ->6; service Payment service ->7; store User DB ->; "
        "store Order DB ->; "
        "store Payment DB ->",
    ),
    (
        "load balancer|load-balanced web app|load balancer setup",
        "load balancing",
        "person Clients; service Load balancer ->2,3,4; service Server 1 ->5; "
        "service Server 2 ->5; "
        "service Server 3 ->5; store Database",
    ),
    (
        "cache lookup|read-through cache|cache-aside pattern|caching layer",
        "caching|cache aside",
        "process Request; decision In cache? ->4 yes,2 no; store Database; process Fill cache; "
        "data Response",
    ),
    (
        "DNS lookup|dns query|domain name lookup",
        "DNS|dns|name resolution|domain name resolution",
        "service Browser; service Resolver ->2,3,4,5; service Root server ->; "
        "service TLD server ->; "
        "service Name server ->; data IP address",
    ),
    (
        "TCP handshake|three-way handshake|tcp connection",
        "TCP|setting up a TCP connection",
        "service Client ->1 SYN; service Server ->2 SYN-ACK; service Client acknowledges ->3 ACK; "
        "end Connected",
    ),
    (
        "compiler|simple compiler|compiler pipeline",
        "compilation|compiling a program",
        "document Source code; process Lexer; process Parser; process Optimizer; "
        "process Code generator; data Machine code",
    ),
    (
        "message queue|job queue|task queue|background job system|worker queue",
        "message queues|queueing jobs",
        "service Producer; store Queue; service Worker; store Results",
    ),
    (
        "Docker build|container deployment|Docker workflow|docker pipeline",
        "Docker|docker|containers",
        "document Dockerfile; process Build; store Image registry; process Pull; service Container",
    ),
    (
        "blockchain|blockchain transaction|bitcoin payment",
        "Bitcoin|blockchains",
        "person Sender; data Transaction; process Broadcast; process Validate; process Add block; "
        "store Chain",
    ),
    (
        "A/B test|ab test|A/B testing setup|split test",
        "A/B testing|split testing",
        "person Users; process Split ->2,3; service Variant A ->4; service Variant B ->4; "
        "process Compare; decision Better? ->6 yes,7 no; process Roll out ->; process Keep old ->",
    ),
    (
        "bug fix process|bug triage process|bug tracking workflow|incident process",
        "bug fixing|fixing a bug|incident handling",
        "person Reporter; process Reproduce; process Fix; process Test; "
        "decision Fixed? ->5 yes,2 no; process Release",
    ),
    (
        "scrum sprint|sprint cycle|scrum process|agile sprint|scrum cycle",
        "scrum|Scrum|agile|agile development",
        "store Backlog; process Sprint planning; process Daily work; process Review; "
        "process Retrospective ->1",
    ),
    (
        "software development life cycle|SDLC|waterfall process|software project",
        "software development|the waterfall model",
        "process Requirements; process Design; process Implementation; process Testing; "
        "process Deployment; process Maintenance",
    ),
)  # fmt: skip
