"""Flows of trade, nature and every day that people ask for by name alone.

Each: names that take an article, names that take none, and the nodes in spec, their numbers
left out.
"""

from __future__ import annotations

LIFE: tuple[tuple[str, str, str], ...] = (
    (
        "online order|web shop order|order process|e-commerce checkout|order fulfilment process",
        "online shopping|ordering in a web shop|order fulfilment|e-commerce",
        "person Customer; process Fill cart; process Pay; decision Paid? ->4 yes,2 no; "
        "process Pack; "
        "process Ship; end Delivered",
    ),
    (
        "hiring process|recruiting process|recruitment process|job application",
        "hiring|recruiting|recruitment",
        "document Application; process Screening; process Interview; "
        "decision Suitable? ->4 yes,5 no; "
        "process Offer ->; process Rejection ->",
    ),
    (
        "onboarding process|employee onboarding|new hire onboarding",
        "onboarding|onboarding a new colleague",
        "document Contract; process Create accounts; process Hand over laptop; process Training; "
        "end Ready",
    ),
    (
        "leave request|vacation request|holiday request process|time-off request",
        "requesting leave|asking for vacation",
        "person Employee; document Leave request; person Manager; decision Approved? ->4 yes,5 no; "
        "process Update calendar ->; process Inform employee ->",
    ),
    (
        "invoice process|invoice approval|accounts payable process|invoice approval workflow",
        "paying invoices|invoice handling|accounts payable",
        "document Invoice; process Check; decision Correct? ->3 yes,4 no; process Pay ->; "
        "process Return to supplier ->",
    ),
    (
        "support ticket|support process|help desk|helpdesk process|ticket workflow",
        "customer support|handling support tickets|IT support",
        "person Customer; document Ticket; person Agent; decision Solved? ->5 yes,4 no; "
        "person Specialist; end Closed",
    ),
    (
        "product return|refund process|return process",
        "returning a product|refunds",
        "person Customer; process Send back; process Inspect; decision In order? ->4 yes,5 no; "
        "process Refund ->; process Reject ->",
    ),
    (
        "supply chain|simple supply chain|supply chain overview",
        "supply chains|how goods reach a shop",
        "service Supplier; service Factory; store Warehouse; service Shop; person Customer",
    ),
    (
        "loan application|loan approval process|credit application",
        "getting a loan|loan approval|applying for a loan",
        "document Application; process Check credit; decision Creditworthy? ->3 yes,4 no; "
        "process Pay out ->; process Decline ->",
    ),
    (
        "insurance claim|claims process|claim handling process",
        "claims handling|filing an insurance claim",
        "person Customer; document Claim; process Assess damage; decision Covered? ->4 yes,5 no; "
        "process Pay ->; process Decline ->",
    ),
    (
        "ATM withdrawal|cash machine|ATM",
        "withdrawing cash|taking money from an ATM",
        "start; process Insert card; process Enter PIN; decision PIN correct? ->4 yes,2 no; "
        "process Give cash; end",
    ),
    (
        "hospital visit|doctor visit|patient journey|doctor's appointment",
        "patient admission|visiting a doctor",
        "person Patient; process Registration; process Examination; process Diagnosis; "
        "process Treatment; end Discharge",
    ),
    (
        "restaurant order|restaurant visit|restaurant order process",
        "ordering in a restaurant|eating out",
        "person Guest; process Order; person Kitchen; process Serve; process Pay",
    ),
    (
        "flight booking|trip booking|travel booking process",
        "booking a flight|booking a trip",
        "process Search flights; process Choose; process Enter passenger; process Pay; "
        "document Ticket",
    ),
    (
        "airport check-in|boarding process|trip through the airport",
        "boarding a plane|checking in at the airport",
        "person Passenger; process Check in; process Security; process Wait at gate; process Board",
    ),
    (
        "coffee machine|cup of coffee|coffee recipe",
        "making coffee|brewing coffee|coffee making",
        "process Grind beans; process Heat water; process Brew; process Pour; end Coffee",
    ),
    (
        "cup of tea|tea recipe",
        "making tea|brewing tea",
        "process Boil water; process Add tea; process Steep; process Pour; end Tea",
    ),
    (
        "cake recipe|baking recipe|birthday cake recipe",
        "baking a cake|cake baking",
        "process Mix dough; process Fill tin; process Bake; decision Done? ->4 yes,2 no; "
        "process Cool; process Decorate",
    ),
    (
        "laundry day|laundry routine|washing machine",
        "doing laundry|doing the laundry|washing clothes",
        "process Sort; process Wash; process Dry; process Fold; process Put away",
    ),
    (
        "morning routine|typical morning",
        "getting ready in the morning|getting up",
        "start Wake up; process Shower; process Breakfast; process Get dressed; end Leave",
    ),
    (
        "traffic light|traffic light cycle|traffic signal",
        "traffic lights",
        "process Red; process Red and yellow; process Green; process Yellow ->0",
    ),
    (
        "thermostat|heating control loop|thermostat control loop|temperature controller",
        "temperature control|heating control",
        "process Measure temperature; decision Too cold? ->2 yes,3 no; process Heat ->0; "
        "process Switch off ->0",
    ),
    (
        "feedback control loop|control loop|PID loop|PID controller",
        "feedback control|PID control",
        "data Set point; process Compare; process Controller; process Actuator; process Plant; "
        "process Sensor ->1",
    ),
    (
        "light bulb troubleshooting chart|lamp troubleshooting flowchart|broken lamp flowchart",
        "fixing a lamp|troubleshooting a lamp",
        "start Lamp is dark; decision Plugged in? ->3 yes,2 no; process Plug in ->; "
        "decision Bulb broken? ->4 yes,5 no; process Replace bulb ->; process Repair lamp ->",
    ),
    (
        "water cycle|hydrological cycle",
        "the water cycle|water in nature",
        "process Evaporation; process Condensation; process Precipitation; process Runoff ->0",
    ),
    (
        "carbon cycle|simple carbon cycle",
        "the carbon cycle",
        "data Carbon dioxide; process Photosynthesis; data Plants; process Decomposition ->0",
    ),
    (
        "food chain|simple food chain|food web",
        "food chains|who eats whom",
        "data Sun; data Plants; data Herbivores; data Carnivores; data Decomposers",
    ),
    (
        "photosynthesis overview|photosynthesis reaction",
        "photosynthesis",
        "data Light ->3; data Water ->3; data Carbon dioxide ->3; process Photosynthesis ->4,5; "
        "data Sugar ->; data Oxygen ->",
    ),
    (
        "blood circulation overview|circulatory system",
        "blood circulation|the heart and blood circulation",
        "process Right heart; process Lungs; process Left heart; process Body ->0",
    ),
    (
        "digestive tract|digestive system",
        "digestion|human digestion",
        "process Mouth; process Stomach; process Small intestine; process Large intestine; end",
    ),
    (
        "butterfly life cycle|life cycle of a butterfly",
        "metamorphosis|the life of a butterfly",
        "process Egg; process Caterpillar; process Chrysalis; process Butterfly ->0",
    ),
    (
        "scientific method flowchart|scientific method|experiment cycle",
        "the scientific method|doing science",
        "process Question; process Hypothesis; process Experiment; process Analysis; "
        "decision Supported? ->5 yes,1 no; document Publication",
    ),
    (
        "peer review process|paper submission|journal submission process",
        "peer review|publishing a paper",
        "person Author; document Manuscript; person Editor; person Reviewers; "
        "decision Accepted? ->5 yes,0 no; document Publication",
    ),
    (
        "law-making process|legislative process|bill in parliament",
        "making a law|legislation",
        "document Bill; process Committee; process Debate; decision Passed? ->4 yes,0 no; "
        "document Law",
    ),
    (
        "product launch|product development process|product roadmap",
        "product development|launching a product",
        "process Research; process Prototype; process Test; decision Works? ->4 yes,1 no; "
        "process Launch",
    ),
    (
        "design thinking process|design process|UX design process",
        "design thinking|UX design",
        "process Empathize; process Define; process Ideate; process Prototype; process Test ->2",
    ),
    (
        "PDCA cycle|Deming cycle|plan-do-check-act cycle",
        "PDCA|plan do check act|continuous improvement",
        "process Plan; process Do; process Check; process Act ->0",
    ),
    (
        "sales funnel|marketing funnel|sales pipeline",
        "selling a product|sales",
        "process Awareness; process Interest; process Decision; process Purchase; process Loyalty",
    ),
)  # fmt: skip
