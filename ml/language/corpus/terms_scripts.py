"""Terms of other languages: Korean in breadth, others as labels to copy.

Each line of a block: kind's letter, colon, terms. Korean terms also combine.
"""

from __future__ import annotations

import random

from ml.language.corpus.flows_terms import Form, Term, ways
from ml.language.corpus.terms_domains import CODES
from ml.spec.model import Kind

_KOREAN_FLOWS = """d:사용자 질문|n:임베딩|n:벡터 검색|n:재순위화|m:LLM|d:답변
d:원본 데이터|n:전처리|n:특징 추출|n:모델 학습|n:평가|n:배포|n:모니터링
d:음성 입력 데이터|n:잡음 제거|n:음성 인식|d:텍스트|n:의도 분류|n:응답 생성|n:음성 합성
n:주문 접수|n:결제 확인|n:재고 확인|n:상품 포장|n:배송|n:구매 확정
n:회원가입|n:이메일 인증|n:프로필 작성|n:로그인|n:상품 검색|n:장바구니 담기|n:결제
f:문서|n:청크 분할|n:임베딩 생성|s:벡터 DB|n:유사도 검색|n:프롬프트 구성|m:언어 모델|d:응답
n:코드 커밋|n:빌드|n:단위 테스트|n:코드 리뷰|n:스테이징 배포|n:승인|n:운영 배포
s:데이터베이스|n:추출|n:변환|n:적재|s:데이터 웨어하우스|n:대시보드 작성|f:보고서
d:이미지|n:크기 조정|n:정규화|m:CNN 모델|n:후처리|d:예측 결과
u:고객|v:웹 서버|v:인증 서비스|v:주문 서비스|s:주문 데이터베이스|s:메시지 큐|v:알림 서비스
n:서류 접수|n:서류 심사|n:1차 면접|n:2차 면접|n:최종 합격|n:입사|n:신입 교육
u:환자|n:접수|n:진료|n:검사|n:처방|f:처방전|n:수납
n:물 끓이기|n:면 넣기|n:스프 넣기|n:3분 기다리기|n:계란 넣기|n:그릇에 담기
n:빨래 분류|n:세탁기 돌리기|n:헹굼|n:탈수|n:건조|n:개기
d:로그 데이터|v:수집 서버|s:카프카|n:스트림 처리|s:시계열 데이터베이스|v:알람 서비스|u:운영자
n:문의 접수|n:티켓 생성|n:담당자 배정|n:원인 분석|n:수정|n:답변 발송|n:종료 처리
n:데이터 수집|n:라벨링|n:데이터 분할|n:학습|n:검증|n:모델 등록|n:카나리 배포
f:휴가 신청서|n:팀장 검토|n:승인|n:인사팀 통보|n:일정 등록
d:센서 데이터|n:이상 탐지|n:알림 발송|n:현장 점검|n:부품 교체|f:점검 보고서
n:가설 설정|n:실험 설계|n:시료 채취|n:측정|n:결과 분석|n:논문 작성"""

_KOREAN_MODIFIERS = ways(
    "고객|상품|주문|결제|리뷰|사용자|신규|월간|일일|실시간|뉴스|영상|음성|문서|로그|광고|재고|배송|환자|학생|보험|대출|계약|회원|"
    "쿠폰|검색|추천|보안|센서|날씨|주식|게임|번역|여행|예약|좌석|급여|세금|설문|공지|지도|교통|차량|공정|품질|설비|임시|최종|내부|"
    "외부|자동|수동"
)
_KOREAN_HEADS = {
    Kind.PROCESS: ways(
        "수집|정제|분석|검증|분류|검토|승인|등록|변환|추출|예측|평가|요약|필터링|집계|정렬|병합|전송|저장|확인|학습|배포|탐지|발송|취소|"
        "처리|조회|계산|점검|생성"
    ),
    Kind.DATA: ways(
        "데이터|질문|이미지|텍스트|토큰|특징|벡터|결과|점수|답변|메시지|오디오|데이터셋"
    ),
    Kind.STORE: ways("데이터베이스|DB|캐시|저장소|인덱스|큐|버킷|창고DB")[:-1],
    Kind.DOCUMENT: ways("보고서|계약서|신청서|이메일|영수증|파일|청구서"),
    Kind.MODEL: ["모델", "분류기", "인코더", "신경망"],
    Kind.PERSON: ["담당자", "관리자", "팀", "상담원", "고객", "검토자"],
    Kind.SERVICE: ["서버", "서비스", "API", "앱", "봇", "게이트웨이"],
}

_OTHERS = """\
ユーザーの質問=d|埋め込み=d|検索=n|データ収集=n|前処理=n|モデル学習=n|評価=n|デプロイ=n
  |注文受付=n|在庫確認=n|発送=n|データベース=s|顧客=u|請求書=f|承認=n|特徴抽出=n|報告書=f
  |サーバー=v
数据采集=n|数据清洗=n|特征提取=n|模型训练=n|模型评估=n|部署=n|用户=u|数据库=s|缓存=s|订单=n
  |支付=n|发货=n|报告=f|审批=n|日志分析=n|预测=n|网关=v|问题=d
Загрузка данных=n|очистка=n|обучение модели=n|проверка=n|база данных=s|отчёт=f|пользователь=u
  |сервер=v|заявка=f|согласование=n|оплата=n|доставка=n|кэш=s|ответ=d
Datenimport=n|Prüfung=n|Freigabe=n|Bestellung prüfen=n|Rechnung=f|Kunde=u|Datenbank=s
  |Lieferung=n|Auswertung=n|Bericht=f|Lager prüfen=n|Versand=n|Qualitätskontrolle=n
  |Schnittstelle=n
Collecte des données=n|nettoyage=n|entraînement du modèle=n|évaluation=n|mise en production=n
  |base de données=s|facture=f|client=u|validation=n|paiement=n|livraison=n|rapport=f
Recoger datos=n|limpieza=n|entrenar modelo=n|evaluación=n|despliegue=n|base de datos=s
  |factura=f|cliente=u|revisión=n|pago=n|envío=n|informe=f|preparar café=n
Receber pedido=n|validar dados=n|aprovação=n|banco de dados=s|nota fiscal=f|cliente=u
  |separar estoque=n|enviar pacote=n|relatório=f|cobrança=n
جمع البيانات=n|تنظيف=n|تدريب النموذج=n|تقييم=n|نشر=n|قاعدة البيانات=s|المستخدم=u|تقرير=f
डेटा संग्रह=n|सफाई=n|प्रशिक्षण=n|मूल्यांकन=n|रिपोर्ट=f|उपयोगकर्ता=u|डेटाबेस=s|जाँच=n
Pobierz dane=n|walidacja=n|zatwierdzenie=n|faktura=f|klient=u|baza danych=s|wysyłka=n|raport=f
Λήψη δεδομένων=n|έλεγχος=n|ανάλυση=n|αναφορά=f|πελάτης=u|αποστολή=n"""


def _read(item: str) -> Term:
    code, _, words = item.partition(":")
    return Term(words, CODES[code], Form.NAME)


KOREAN: tuple[tuple[Term, ...], ...] = tuple(
    tuple(_read(item) for item in line.split("|")) for line in _KOREAN_FLOWS.splitlines()
)
OTHERS: tuple[tuple[Term, ...], ...] = tuple(
    tuple(
        Term(words, CODES[code], Form.NAME)
        for words, _, code in (item.partition("=") for item in line.split("|"))
    )
    for line in _OTHERS.replace("\n  ", "").splitlines()
)


def korean(rng: random.Random) -> Term:
    """A composed Korean term: modifier and head."""
    kind = rng.choice((Kind.PROCESS,) * 6 + tuple(_KOREAN_HEADS))
    words = f"{rng.choice(_KOREAN_MODIFIERS)} {rng.choice(_KOREAN_HEADS[kind])}"
    if rng.random() < 0.15:
        words = f"{rng.choice(_KOREAN_MODIFIERS)} {words}"
    return Term(words, kind, Form.NAME)
