"""Invented views, one or more of every class: what the gallery paints and the tests measure. Nobody here exists."""

from __future__ import annotations

from kiosk.flow.stage import Trail, View
from kiosk.flow.views import (
    ApologyView, AskView, AttractView, ConsentView, DeliverView, DepartmentView, FaceView, Field, FormView, GoodbyeView, HomeView,
    ItemTile, ItemView, Option, PayView, RateView, ReadCardView, ReviewView, Sheet, Tile, WorkingView,
)  # fmt: skip
from kiosk.model.words import Text, Word

HOTLINE = "0592-12345"


def _t(zh: str, en: str, language: str) -> Text:
    """Texts of items are the integrator's words; samples bring their own, as if from outside."""
    return en if language == "en" else zh


def samples(language: str) -> dict[str, View]:
    """name of the picture → view. A name begins with the name of its class."""
    def t(zh: str, en: str) -> Text:
        return _t(zh, en, language)

    insurance = t("社会保险参保缴费证明打印", "Social insurance contribution certificate")
    fine = t("交通违法罚款缴纳", "Pay a traffic fine")
    hrss = t("人力资源和社会保障", "Human resources and social security")
    police = t("公安交管", "Traffic police")
    household = t("公安户政", "Household registration")
    items = (
        ItemTile(id="hrss-insurance-cert", title=insurance, department="hrss", department_title=hrss, entrance="get_done",
                 icon="shield-account", life_events=("house",), search="社保 shebao insurance"),
        ItemTile(id="traffic-fine-pay", title=fine, department="ps-traffic", department_title=police, entrance="get_done",
                 icon="car", search="罚款 fakuan fine", available=False,
                 why=t("打印机缺纸，请稍后再来，或到前埔便利店办理", "The printer is out of paper. Please come later, or use the Qianpu shop")),
        ItemTile(id="household-same-name", title=t("重名人数查询", "How many people share a name"), department="ps-household",
                 department_title=household, entrance="look_up", icon="home-account", search="重名 chongming name"),
    )
    departments = (
        Tile(id="ps-household", title=household, icon="home-account", count=1),
        Tile(id="ps-traffic", title=police, icon="car", count=1),
        Tile(id="hrss", title=hrss, icon="shield-account", count=1),
    )
    events = (
        Tile(id="car", title=t("开车", "I have a car"), icon="car-outline"),
        Tile(id="house", title=t("买房租房", "Buying a home"), icon="home-outline"),
        Tile(id="school", title=t("孩子上学", "Going to school"), icon="school-outline"),
        Tile(id="work", title=t("找工作", "Working"), icon="briefcase-outline"),
        Tile(id="child", title=t("生孩子", "Having a baby"), icon="baby-carriage"),
        Tile(id="old_age", title=t("退休养老", "Growing old"), icon="human-cane"),
    )

    def at(step: int, title: Text = insurance) -> Trail:
        return Trail(title=title, step=step, of=8)

    records = tuple(
        Option(
            value=number,
            label=t(act, act_en),
            rows=((t("地点", "Place"), t(place, place_en)), (t("时间", "Time"), when), (t("号牌", "Plate"), "闽D·12A45")),
            amount=amount,
        )
        for number, act, act_en, place, place_en, when, amount in (
            ("3502001", "不按规定停放机动车", "Illegal parking", "思明区湖滨南路 12 号", "12 Hubin South Road", "2026-11-02 09:14", "¥150.00"),
            ("3502002", "违反禁令标志指示", "Ignoring a prohibition sign", "湖里区金山路", "Jinshan Road", "2026-10-21 18:40", "¥100.00"),
        )
    )  # fmt: skip
    months = tuple(Option(value=value, label=t(zh, en)) for value, zh, en in (
        ("all", "全部险种", "All insurances"), ("pension", "养老保险", "Pension"), ("medical", "医疗保险", "Medical"), ("unemployment", "失业保险", "Unemployment"),
    ))  # fmt: skip
    purposes = tuple(Option(value=value, label=t(zh, en)) for value, zh, en in (
        ("house", "购房", "Buying a home"), ("school", "子女入学", "School"), ("settle", "落户", "Settling"), ("tender", "招投标", "Tenders"), ("other", "其他", "Other"),
    ))  # fmt: skip
    form = (
        Field(name="scope", type="enum", label=t("要证明哪种保险", "Which insurance"), options=months),
        Field(name="period", type="month_range", label=t("从哪个月到哪个月", "From which month to which"), max=60, latest="2026-11"),
        Field(name="purpose", type="enum", label=t("用在哪里", "What it is for"), options=purposes),
        Field(name="copies", type="integer", label=t("打印几份", "How many copies"), required=False, min=1, max=3),
    )
    written = (
        Field(name="name", type="text", label=t("要查的姓名", "Name to look up"), hint=t("两个字以上的汉字", "Two Chinese characters or more"), min=2, max=50, pattern="han_name"),
        Field(name="id", type="id_number", label=t("身份证号码", "ID number")),
        Field(name="phone", type="phone", label=t("手机号码", "Mobile number"), hint=t("办好后发短信告诉您", "We text you when it is done")),
    )  # fmt: skip
    person = (
        (t("姓名", "Name"), "王*明"),
        (t("身份证号码", "ID number"), "350203********0012"),
        (t("险种", "Insurance"), t("全部险种", "All insurances")),
        (t("起止月份", "Months"), "2025-01 — 2026-10"),
        (t("用途", "Purpose"), t("子女入学", "School")),
        (t("份数", "Copies"), "1"),
    )
    certificate = t("参保缴费证明（A4）", "Contribution certificate (A4)")
    receipt = t("办理回执（小票）", "Receipt slip")

    return {
        "AttractView": AttractView(station="XM0001", place=str(t("见福便利店（演示店）", "Jianfu convenience store (demo)")), hotline=HOTLINE, demo=True, items=53),
        "HomeView": HomeView(items=items, departments=departments, life_events=events, demo=True),
        "HomeView-many": HomeView(items=items * 5, departments=departments * 4, life_events=events),
        "DepartmentView": DepartmentView(title=hrss, icon="shield-account", items=items, can_back=True),
        "DepartmentView-empty": DepartmentView(title=hrss, icon="shield-account", items=(), can_back=True),
        "AskView": AskView(
            hotline=HOTLINE,
            station="XM0001",
            can_back=True,
            questions=tuple((Word(f"ask.{one}.question"), Word(f"ask.{one}.answer")) for one in ("how", "card", "face", "phone", "paper", "money")),
        ),
        "ItemView": ItemView(
            title=insurance,
            about=t("打印您在厦门的社保缴费记录，买房、入学、落户时可用。", "Prints your contribution record in Xiamen, as asked for when buying a home or enrolling a child."),
            icon="shield-account",
            bring=(t("本人身份证", "Your own ID card"),),
            fee=t("免费", "Free"),
            takes=t("1 分钟", "1 minute"),
            hours=t("全天", "Day and night"),
            unit=t("厦门市人力资源和社会保障局", "Xiamen Bureau of Human Resources and Social Security"),
            law=t("《社会保险经办条例》第二十九条", "Social Insurance Handling Regulations, article 29"),
            identity=t("身份证 + 人脸", "ID card and face"),
            can_back=True,
        ),
        "ItemView-closed": ItemView(
            title=fine,
            about=t("缴纳已有处罚决定书的交通违法罚款。", "Pays a traffic fine for which a decision has been issued."),
            icon="car",
            bring=(t("本人身份证", "Your own ID card"), t("能扫码付款的手机", "A phone that can pay by code")),
            fee=t("按决定书", "As in the decision"),
            takes=t("2 分钟", "2 minutes"),
            hours="08:00–20:00",
            unit=t("厦门市公安局交通警察支队", "Xiamen Traffic Police"),
            law=t("《道路交通安全法》第一百零八条", "Road Traffic Safety Law, article 108"),
            identity=t("身份证", "ID card"),
            available=False,
            why=t("现在不是办理时间，明天 08:00 开始。", "Closed at this hour. It opens tomorrow at 08:00."),
            can_back=True,
        ),
        "ConsentView": ConsentView(
            trail=at(1),
            can_back=True,
            title=Word("consent.face.title"),
            lead=Word("consent.face.lead"),
            points=tuple(Word(f"consent.face.{one}") for one in ("purpose", "kinds", "local", "kept", "rights")),
            yes=Word("consent.face.yes"),
            no=Word("consent.face.no"),
        ),
        "ReadCardView": ReadCardView(trail=at(2), can_back=True, seconds_left=48),
        "ReadCardView-again": ReadCardView(
            trail=at(2), can_back=True, state="again", seconds_left=40,
            message=t("身份证没有放稳，请平放在感应区，不要移动。", "The card moved. Lay it flat on the reader and leave it there."),
        ),
        "ReadCardView-reading": ReadCardView(trail=at(2), can_back=True, state="reading"),
        "FaceView": FaceView(
            trail=at(3), can_back=True, progress=0.6, hint=t("请再靠近一点", "A little closer, please"),
            warnings=(t("演示：比对未经校准，未做活体检测", "Demonstration: not calibrated, liveness not checked"),),
        ),
        "FaceView-again": FaceView(trail=at(3), can_back=True, state="again", message=t("没有比对上。请摘下帽子，正对镜头，再试一次。还可以试 2 次。", "No match yet. Take off your hat and face the camera. 2 more tries.")),
        "FormView": FormView(trail=at(4), can_back=True, title=t("请填写", "Please fill in"), fields=form, values={"scope": "all", "copies": "1", "period": "2025-01/2026-10"}),
        "FormView-errors": FormView(
            trail=at(4), can_back=True, title=t("请填写", "Please fill in"), fields=written, values={"name": "王", "id": "350203199001010019"},
            errors={"name": t("姓名至少要两个字。", "A name has at least two characters."), "id": t("号码的最后一位对不上，请再核对一遍。", "The last digit does not fit. Please check it once more.")},
        ),
        "FormView-lookup": FormView(
            trail=at(4, fine), can_back=True, title=t("请选择要缴的罚款", "Which fine would you like to pay?"),
            fields=(Field(name="decision_no", type="lookup", label=t("处罚决定", "Decision"), options=records),),
        ),
        "FormView-empty": FormView(
            trail=at(4, fine), can_back=True, title=t("请选择要缴的罚款", "Which fine would you like to pay?"), fields=(),
            empty=t("没有查到待缴的罚款。刚处理完的决定书可能要第二天才能查到。", "No fine is waiting to be paid. A new decision may take until tomorrow to appear."),
        ),
        "ReviewView": ReviewView(
            trail=at(5), can_back=True, title=Word("review.title"), rows=person,
            note=t("证明带电子印章和验证码，对方可以扫码核验。", "The certificate carries an electronic seal and a code to verify it."), go=t("确认，打印证明", "Confirm and print"),
        ),
        "ReviewView-amount": ReviewView(
            trail=at(5, fine), can_back=True, title=Word("review.title"), rows=(*person[:2], *records[0].rows), amount="¥150.00", go=t("去付款", "Go to payment"),
        ),
        "PayView": PayView(trail=at(6, fine), can_back=True, state="choose", amount="¥150.00", title=fine, methods=("wechat", "alipay"), demo=True),
        "PayView-qr": PayView(
            trail=at(6, fine), can_back=True, state="qr", amount="¥150.00", title=fine, methods=("wechat", "alipay"), method="wechat",
            qr="weixin://wxpay/bizpayurl?pr=invented0001", order_no="XM0001-20261122-000123-P", seconds_left=97, demo=True,
        ),
        "PayView-confirming": PayView(trail=at(6, fine), state="confirming", amount="¥150.00", title=fine, method="wechat", order_no="XM0001-20261122-000123-P", can_leave=False),
        "WorkingView": WorkingView(trail=at(7), title=t("正在向人社部门提交", "Sending to the social security office"), detail=t("一般不超过十秒。", "Usually less than ten seconds.")),
        "DeliverView": DeliverView(
            trail=at(8), title=t("正在打印您的证明", "Printing your certificate"), rows=((t("证明编号", "Number"), "XMRS-2026-1122-0031"),),
            sheets=(Sheet(title=certificate, icon="file-certificate-outline", state="printing"), Sheet(title=receipt, icon="receipt-text-outline", state="waiting")),
        ),
        "DeliverView-done": DeliverView(
            trail=at(8), title=t("办好了", "Done"), rows=((t("证明编号", "Number"), "XMRS-2026-1122-0031"), (t("缴费月数", "Months paid"), "22")),
            sheets=(Sheet(title=certificate, icon="file-certificate-outline", state="done"), Sheet(title=receipt, icon="receipt-text-outline", state="failed")),
            note=t("请妥善保管证明，不要留在机器旁。", "Keep the certificate safe and leave nothing at the machine."), done=True,
        ),
        "DeliverView-headline": DeliverView(
            trail=at(4, items[2].title), title=t("查到了", "Here is the result"), headline=t("1,283 人", "1,283 people"), rows=((t("范围", "Area"), t("厦门市", "Xiamen")), (t("统计到", "As of"), "2026-11-21")),
            sheets=(Sheet(title=receipt, icon="receipt-text-outline", state="done"),), done=True,
        ),
        "RateView": RateView(trail=at(8), unit=t("厦门市人力资源和社会保障局", "Xiamen Bureau of Human Resources and Social Security"), item=insurance),
        "ApologyView": ApologyView(
            trail=at(7, fine), code="department.silent", title=t("交管系统没有回应", "The traffic police did not answer"),
            text=t("罚款没有缴成。您付的钱会原路退回，请不要再付一次。", "The fine was not paid. Your money goes back the way it came; please do not pay again."),
            remedies=("retry", "other_way", "end"), notes=(t("已退款 ¥150.00，一般几分钟到账。", "¥150.00 refunded; it usually arrives within minutes."),),
            order_no="XM0001-20261122-000123-P", hotline=HOTLINE,
        ),
        "ApologyView-end": ApologyView(
            trail=at(2), code="id_card_reader.hardware", title=t("读卡器出了故障", "The card reader is out of order"),
            text=t("请到就近的服务站，或到窗口办理。我们已经通知维修。", "Please use the next station or a counter. A repair has been called for."), remedies=("end",), hotline=HOTLINE,
        ),
        "GoodbyeView": GoodbyeView(
            title=t("办好了，请慢走", "All done. Take care"), note=t("您的资料已从本机清除。", "Your information has been wiped from this machine."),
            take=(Tile(id="card", title=t("请取走身份证", "Take your ID card"), icon="card-account-details-outline"), Tile(id="paper", title=t("请取走证明和小票", "Take your papers"), icon="file-document-outline")),
        ),
    }  # fmt: skip
