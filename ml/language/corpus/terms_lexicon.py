"""The words that terms are composed of."""

from __future__ import annotations

from ml.language.corpus.flows_terms import ways
from ml.spec.model import Kind

VERBS = ways(
    "add|adjust|aggregate|align|allocate|analyze|annotate|append|apply|approve|"
    "archive|assemble|assess|assign|attach|audit|average|backfill|balance|batch|"
    "benchmark|blend|book|bundle|calculate|calibrate|call|capture|categorize|"
    "check|classify|clean|clear|close|cluster|collect|combine|compare|compile|"
    "compress|compute|configure|confirm|convert|copy|correct|count|create|crop|"
    "debug|decode|decrypt|deduplicate|delete|deliver|deploy|detect|diagnose|"
    "digitize|dispatch|display|distribute|download|draft|draw|edit|embed|encode|"
    "encrypt|enrich|escalate|estimate|evaluate|examine|execute|expand|export|"
    "extract|fetch|file|fill|filter|finalize|fix|flag|forecast|format|forward|"
    "freeze|gather|generate|grade|group|hash|highlight|identify|import|index|"
    "inspect|install|interpolate|invoke|isolate|join|label|launch|link|list|load|"
    "localize|lock|log|mask|match|measure|merge|migrate|mix|monitor|mount|move|"
    "normalize|notify|open|optimize|order|pack|parse|patch|pause|pay|pick|plan|"
    "plot|post|predict|prepare|preprocess|prioritize|process|prune|publish|pull|"
    "purge|push|quantize|query|queue|randomize|rank|read|rebuild|receive|"
    "recompute|record|reduce|refresh|register|reject|release|reload|remove|"
    "render|repair|replace|replicate|request|resample|rescale|reset|resize|"
    "resolve|restart|restore|retrieve|return|review|revise|rewrite|rotate|route|"
    "run|sample|sanitize|save|scan|schedule|score|scrape|screen|search|segment|"
    "select|send|serialize|shard|share|ship|shuffle|sign|simulate|smooth|sort|"
    "split|stage|stop|store|stream|submit|subsample|summarize|sync|tag|test|"
    "tokenize|track|train|transcribe|transfer|transform|translate|trim|unpack|"
    "update|upload|upsert|validate|vectorize|verify|visualize|warm|wash|weigh|"
    "wrap|write|zip"
)


OBJECTS = ways(
    "account|address|agenda|alert|anchor|annotation|application|appointment|"
    "archive|article|asset|backlog|badge|balance|banner|barcode|basket|batch|"
    "benchmark|bill|booking|branch|budget|bug|bundle|cable|calendar|candidate|"
    "card|cargo|cart|case|catalog|certificate|change|channel|chapter|chart|chunk|"
    "claim|clip|cluster|code|column|comment|commit|complaint|component|container|"
    "contact|content|copy|coupon|course|credit|curve|customer|cycle|dashboard|"
    "deadline|deck|delivery|dependency|deposit|design|device|diagram|dictionary|"
    "diff|discount|dish|dose|draft|edge|endpoint|entity|entry|episode|error|"
    "event|evidence|example|exam|exception|expense|experiment|export|feature|"
    "feed|feedback|field|figure|filter|finding|flag|folder|forecast|form|formula|"
    "frame|gene|goal|gradient|graph|group|header|heatmap|histogram|history|"
    "hypothesis|icon|identity|image|incident|index|ingredient|input|instance|"
    "interview|inventory|issue|item|job|journal|key|keyword|kit|label|layer|"
    "layout|lead|ledger|lesson|letter|level|library|license|limit|link|list|"
    "location|log|lot|machine|mail|map|margin|mask|match|matrix|measurement|"
    "media|meeting|member|memo|menu|merge|message|metadata|metric|migration|"
    "milestone|mixture|module|monitor|name|node|note|notebook|notice|number|"
    "object|offer|option|order|outlier|outline|package|page|panel|parameter|"
    "parcel|part|partition|patch|path|payload|payment|peak|permission|phase|"
    "photo|pipeline|pixel|plan|plot|policy|pool|position|post|prediction|price|"
    "product|profile|project|prompt|proof|property|proposal|protein|prototype|"
    "quantity|query|quota|quote|range|rate|rating|reading|receipt|recipe|record|"
    "region|release|reminder|replica|reply|request|requirement|reservation|"
    "resource|response|result|review|reward|risk|role|room|route|row|rule|sample|"
    "schedule|schema|scope|score|screen|script|segment|sensor|sentence|sequence|"
    "session|setting|shape|sheet|shift|shipment|signal|signature|size|sketch|"
    "skill|slide|slot|snapshot|snippet|solution|sound|source|spec|spectrum|stage|"
    "statement|statistic|status|stock|story|stream|subject|subset|subscription|"
    "suggestion|summary|survey|symbol|table|tag|target|task|template|tensor|term|"
    "test|text|theme|thread|threshold|thumbnail|time|title|token|tool|topic|"
    "trace|track|trail|transaction|transcript|translation|trial|trigger|trip|"
    "tube|turn|unit|update|usage|user|value|variable|variant|vector|vehicle|"
    "version|video|view|visit|vote|voucher|warning|waypoint|weight|window|word|"
    "workbook|zone"
)


ADJECTIVES = ways(
    "active|annual|approved|archived|automatic|basic|binary|blue|broken|cached|"
    "central|clean|cold|compact|complete|compressed|current|daily|dark|deep|"
    "default|dense|digital|draft|duplicate|dynamic|early|empty|encrypted|"
    "external|extra|failed|fast|final|first|fresh|frozen|full|global|green|"
    "hidden|high|historical|hot|hourly|human|incoming|initial|internal|invalid|"
    "joint|large|last|latest|legacy|light|live|local|long|low|main|manual|merged|"
    "missing|mixed|monthly|new|nightly|noisy|old|open|optional|outgoing|overdue|"
    "parallel|partial|pending|preliminary|primary|prior|private|public|quick|"
    "random|rare|raw|recent|red|regional|related|relevant|remaining|remote|rough|"
    "secondary|secure|selected|shared|short|signed|silent|simple|single|slow|"
    "small|smart|sorted|sparse|static|stale|structured|synthetic|temporary|top|"
    "trusted|unique|unread|updated|urgent|valid|verified|virtual|wet|weekly|"
    "weighted|wide"
)


TOPICS = ways(
    "audio|billing|booking|campaign|chat|claims|click|clinic|cloud|content|"
    "credit|customer|delivery|demand|document|edge|email|event|face|feature|"
    "finance|flight|fraud|game|gene|graph|grid|health|hotel|HR|image|incident|"
    "inventory|invoice|KPI|lab|lead|legal|library|loan|log|mail|market|media|"
    "member|mobile|music|network|news|order|parcel|parking|patient|payment|"
    "payroll|people|photo|player|policy|press|price|product|profile|protein|"
    "query|retail|rider|risk|robot|sales|satellite|search|seat|security|sensor|"
    "session|shipping|shop|speech|store|stock|student|subscription|supplier|"
    "support|survey|tax|team|telemetry|tenant|text|thread|ticket|token|traffic|"
    "trading|travel|user|vehicle|vendor|video|voice|warehouse|weather|web|wiki"
)


HEADS: dict[Kind, tuple[str, ...]] = {
    Kind.STORE: tuple(
        ways(
            "database|DB|cache|index|data warehouse|data lake|bucket|queue|vector store|"
            "table store|feature store|registry|object storage|key-value store|"
            "archive store|topic queue|vector DB|log store|graph database|data store|"
            "storage"
        )
    ),
    Kind.DOCUMENT: tuple(
        ways(
            "report|PDF|email|invoice|contract|log file|ticket|form|spreadsheet|letter|"
            "file|receipt|document|memo|certificate|slide deck|config file|manual"
        )
    ),
    Kind.DATA: tuple(
        ways(
            "data|dataset|text|images|tokens|embeddings|question|query|audio|features|"
            "CSV|records|vectors|scores|labels|transcript|messages|events|answer|"
            "response|prompt|predictions|samples|frames|metrics|results|JSON|readings|"
            "dataframe|tensor"
        )
    ),
    Kind.MODEL: tuple(
        ways(
            "model|LLM|classifier|network|encoder|decoder|transformer|CNN|detector model|"
            "regressor|language model|ranking model|neural network|embedding model"
        )
    ),
    Kind.PERSON: tuple(
        ways(
            "user|customer|manager|doctor|team|agent|analyst|engineer|reviewer|clerk|"
            "admin|operator|supervisor|lawyer|nurse|teacher|officer|developer|client|"
            "driver|coordinator"
        )
    ),
    Kind.SERVICE: tuple(
        ways(
            "API|service|server|gateway|app|bot|cluster|microservice|backend|frontend|"
            "proxy|worker|portal|website|platform|load balancer|web server|dashboard app"
        )
    ),
    Kind.PROCESS: tuple(
        ways(
            "cleaning|validation|preprocessing|extraction|detection|filtering|review|"
            "scoring|matching|approval|check|segmentation|training|evaluation|ranking|"
            "aggregation|deployment|inspection|step|analysis|routing|conversion|sync|"
            "postprocessing|normalization|testing|tuning|merge|estimation|planning"
        )
    ),
}


PRODUCTS: dict[Kind, tuple[str, ...]] = {
    Kind.STORE: tuple(
        ways(
            "Postgres|Redis|Kafka|S3|BigQuery|Snowflake|Elasticsearch|Pinecone|MongoDB|"
            "DynamoDB|MySQL|Cassandra|RabbitMQ|Qdrant|Milvus|ClickHouse|SQLite|Weaviate|"
            "Neo4j|MinIO|Redshift|SQS|FAISS|Chroma|pgvector|PostgreSQL|Memcached"
        )
    ),
    Kind.MODEL: tuple(
        ways(
            "GPT-4|BERT|ResNet-50|YOLOv8|XGBoost|Whisper|CLIP|Llama 3|Mistral|T5|"
            "LightGBM|GPT|Gemma|Qwen|RoBERTa|random forest|VGG16|ViT|AdaBoost|SVM|MobileNet|"
            "Claude|Phi-3|wav2vec"
        )
    ),
    Kind.SERVICE: tuple(
        ways(
            "nginx|Slack|GitHub|Stripe|Jenkins|Airflow|Kubernetes|Grafana|Prometheus|"
            "Salesforce|Jira|FastAPI|Envoy|Traefik|Zapier|Shopify|Twilio|SendGrid|"
            "Discord|Keycloak|Vault|Cloudflare|Okta|PagerDuty|Datadog|MLflow|Django"
        )
    ),
}
