// The dev dock: what people around the terminal do. Python (window.py) tells how things stand and listens to what is pulled.
//
// objectNames: card:<citizen|none|forged> face:<citizen|none|covered> · toggle:<role>:<unplug|take_paper_out|open_cover|jam>
//   hold:<netcert|badge|ecard|lease> · pay:<order> auto_pay · cut asleep:<system> · paper:<receipts|documents>:<0 the newest, 1 …>
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Rectangle {
    id: dock

    property string people: "[]" // JSON: id, name, portrait; does not change
    property string stands: "{}" // JSON: role → how things stand there; network → cut, asleep, auto_pay, there
    property string orders: "[]" // JSON: order_no, amount, method of what waits to be paid
    property string code: '""' // JSON: the newest code on the citizen's phone
    property string papers: "{}" // JSON: receipts, documents: URLs, the newest first

    signal pulled(string role, string lever, string value)
    signal cut(bool on)
    signal asleep(string system, bool on)
    signal paid(string order)
    signal autoPay(bool on)

    readonly property var citizens: JSON.parse(people)
    readonly property var now: JSON.parse(stands)
    readonly property var waiting: JSON.parse(orders)
    readonly property var out: JSON.parse(papers)
    readonly property var network: now.network ?? ({ cut: false, asleep: [], auto_pay: false, there: true })
    readonly property int sheets: (out.receipts ?? []).length + (out.documents ?? []).length
    readonly property string netcert: "CTID1:" + (/^c\d+$/.test(now.id_card?.card ?? "") ? now.id_card.card : "c01")
    readonly property real inner: flick.width - 2 * Theme.gap

    // What somebody waits for is brought into sight: the order that can be paid, the paper that came out.
    function bring(group: Item) {
        const above = group.y;
        const below = group.y + group.height + 2 * Theme.gap - flick.height;
        glide.to = Math.max(0, above < flick.contentY ? above : Math.min(above, Math.max(below, flick.contentY)));
        glide.restart();
    }

    color: Theme.paper
    onSheetsChanged: if (sheets > 0)
        Qt.callLater(bring, printers)
    onWaitingChanged: if (waiting.length > 0)
        Qt.callLater(bring, phone)

    component Trouble: Toggle {
        property string device
        property string fact
        objectName: "toggle:" + device + ":" + lever
        on: dock.now[device]?.[fact] ?? false
        onPulled: lever => dock.pulled(device, lever, "")
    }

    // Something a citizen or the clerk has in hand: held to its device, and taken away again.
    component Held: Switch {
        property string device
        property string fact
        property string what
        property string put
        property string take
        visible: device in dock.now
        on: (dock.now[device]?.[fact] ?? "") === what
        onTapped: dock.pulled(device, on ? take : put, on ? "" : what)
    }

    Flickable {
        id: flick
        anchors.fill: parent
        contentWidth: width
        contentHeight: column.implicitHeight + 2 * Theme.gap
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.VerticalFlick
        interactive: contentHeight > height

        Column {
            id: column
            x: Theme.gap
            y: Theme.gap
            width: dock.inner
            spacing: Theme.unit * 1.5

            Column {
                width: parent.width
                Words {
                    text: W.t("dock.title")
                    bold: true
                    font.pixelSize: Theme.heading
                    color: Theme.brand
                    lineHeight: 1
                }
                Words {
                    width: parent.width
                    text: W.t("dock.lead")
                    font.pixelSize: Theme.small
                    color: Theme.inkSoft
                    lineHeight: 1
                }
            }

            Notice {
                width: parent.width
                kind: "bad"
                size: Theme.small
                text: dock.network.there ? "" : W.t("dock.gone")
            }

            Group {
                width: parent.width
                visible: "id_card" in dock.now
                icon: "smart-card-reader-outline"
                title: W.t("dock.card")
                corner: Trouble {
                    device: "id_card"
                    fact: "unplugged"
                    lever: "unplug"
                    back: "plug_in"
                    text: W.t("dock.unplug")
                    icon: "power-plug-off-outline"
                }
                Faces {
                    width: parent.width
                    prefix: "card:"
                    people: dock.citizens
                    none: ({ text: W.t("dock.no_card"), icon: "tray-arrow-up" })
                    more: ({ id: "forged", text: W.t("dock.forged"), icon: "card-remove-outline" })
                    chosen: dock.now.id_card?.card ?? ""
                    onPicked: id => {
                        if (id === "")
                            dock.pulled("id_card", "lift_card", "");
                        else if (id === "forged")
                            dock.pulled("id_card", "put_forged_card", "");
                        else
                            dock.pulled("id_card", "put_card", id);
                    }
                }
            }

            Group {
                width: parent.width
                visible: "face_camera" in dock.now
                icon: "webcam"
                title: W.t("dock.face")
                corner: Trouble {
                    device: "face_camera"
                    fact: "unplugged"
                    lever: "unplug"
                    back: "plug_in"
                    text: W.t("dock.unplug")
                    icon: "power-plug-off-outline"
                }
                Faces {
                    width: parent.width
                    prefix: "face:"
                    people: dock.citizens
                    none: ({ text: W.t("dock.nobody"), icon: "account-off-outline" })
                    more: ({ id: "covered", text: W.t("dock.covered"), icon: "eye-off-outline" })
                    chosen: dock.now.face_camera?.face ?? ""
                    onPicked: id => {
                        if (id === "covered")
                            dock.pulled("face_camera", "cover_lens", "");
                        else
                            dock.pulled("face_camera", "show", id);
                    }
                }
            }

            Group {
                width: parent.width
                visible: "codes" in dock.now || "contactless" in dock.now || "pages" in dock.now
                icon: "hand-extended-outline"
                title: W.t("dock.hand")
                Flow {
                    width: parent.width
                    spacing: Theme.unit
                    Held {
                        objectName: "hold:netcert"
                        device: "codes"
                        fact: "code"
                        what: dock.netcert
                        put: "show_code"
                        take: "take_code_away"
                        text: W.t("dock.netcert")
                        icon: "qrcode"
                    }
                    Held {
                        objectName: "hold:badge"
                        device: "codes"
                        fact: "code"
                        what: "VOL-0001"
                        put: "show_code"
                        take: "take_code_away"
                        text: W.t("dock.badge")
                        icon: "badge-account-horizontal-outline"
                    }
                    Held {
                        objectName: "hold:ecard"
                        device: "contactless"
                        fact: "card"
                        what: "e01"
                        put: "put_card"
                        take: "lift_card"
                        text: W.t("dock.ecard")
                        icon: "contactless-payment"
                    }
                    Held {
                        objectName: "hold:lease"
                        device: "pages"
                        fact: "page"
                        what: "lease"
                        put: "lay_page"
                        take: "take_away"
                        text: W.t("dock.lease")
                        icon: "file-document-outline"
                    }
                }
            }

            Group {
                id: phone
                width: parent.width
                icon: "cellphone"
                title: W.t("dock.phone")
                corner: Switch {
                    objectName: "auto_pay"
                    text: W.t("dock.auto_pay")
                    on: dock.network.auto_pay
                    onTapped: dock.autoPay(!on)
                }
                Words {
                    width: parent.width
                    visible: dock.waiting.length === 0
                    text: W.t("dock.no_order")
                    font.pixelSize: Theme.small
                    color: Theme.inkSoft
                    lineHeight: 1
                }
                Words {
                    objectName: "code"
                    width: parent.width
                    visible: JSON.parse(dock.code) !== ""
                    text: W.t("dock.code", { code: JSON.parse(dock.code) })
                    bold: true
                    lineHeight: 1
                }
                Repeater {
                    model: dock.waiting
                    PrimaryButton {
                        id: order
                        required property var modelData
                        objectName: "pay:" + modelData.order_no
                        width: parent?.width ?? 0
                        icon: "cellphone-nfc"
                        text: W.t("dock.pay", { amount: modelData.amount, method: W.t("pay.method." + modelData.method) })
                        size: Theme.body
                        onTapped: dock.paid(order.modelData.order_no)
                    }
                }
            }

            Group {
                width: parent.width
                icon: "lan"
                title: W.t("dock.network")
                corner: Switch {
                    objectName: "cut"
                    text: W.t("dock.cut")
                    icon: "lan-disconnect"
                    on: dock.network.cut
                    onTapped: dock.cut(!on)
                }
                Words {
                    width: parent.width
                    text: W.t("dock.asleep")
                    font.pixelSize: Theme.small
                    color: Theme.inkSoft
                    lineHeight: 1
                }
                Flow {
                    width: parent.width
                    spacing: Theme.unit
                    Repeater {
                        model: ["psb-pop", "psb-tms", "hrss", "eval", "pay"]
                        Switch {
                            id: system
                            required property string modelData
                            objectName: "asleep:" + modelData
                            text: W.t("dock.system." + modelData)
                            on: dock.network.asleep.includes(modelData)
                            enabled: !dock.network.cut
                            opacity: enabled ? 1 : 0.5
                            onTapped: dock.asleep(system.modelData, !on)
                        }
                    }
                }
            }

            Group {
                id: printers
                width: parent.width
                onHeightChanged: if (dock.sheets > 0) // a row of earlier papers has come
                    Qt.callLater(dock.bring, printers)
                visible: "receipts" in dock.now || "documents" in dock.now
                icon: "printer-outline"
                title: W.t("dock.printers")
                Row {
                    width: parent.width
                    spacing: Theme.gap
                    Papers {
                        width: (printers.width - 3 * Theme.gap) / 2
                        visible: "receipts" in dock.now
                        kind: "receipts"
                        title: W.t("dock.receipts")
                        sheets: dock.out.receipts ?? []
                        onEnlarged: source => reading.read(source)
                        Trouble {
                            device: "receipts"
                            fact: "paper_out"
                            lever: "take_paper_out"
                            back: "put_paper"
                            text: W.t("dock.paper_out")
                        }
                        Trouble {
                            device: "receipts"
                            fact: "cover_open"
                            lever: "open_cover"
                            back: "close_cover"
                            text: W.t("dock.cover_open")
                        }
                    }
                    Papers {
                        width: (printers.width - 3 * Theme.gap) / 2
                        visible: "documents" in dock.now
                        kind: "documents"
                        title: W.t("dock.documents")
                        sheets: dock.out.documents ?? []
                        onEnlarged: source => reading.read(source)
                        Trouble {
                            device: "documents"
                            fact: "paper_out"
                            lever: "take_paper_out"
                            back: "put_paper"
                            text: W.t("dock.paper_out")
                        }
                        Trouble {
                            device: "documents"
                            fact: "jammed"
                            lever: "jam"
                            back: "clear_jam"
                            text: W.t("dock.jammed")
                        }
                    }
                }
            }
        }
    }

    NumberAnimation {
        id: glide
        target: flick
        property: "contentY"
        duration: Theme.calm
        easing.type: Easing.OutCubic
    }

    Rectangle {
        anchors.right: parent.right
        anchors.rightMargin: Theme.hair
        visible: flick.interactive
        width: Theme.unit
        radius: width / 2
        color: Theme.edge
        opacity: 0.6
        y: flick.visibleArea.yPosition * flick.height
        height: flick.visibleArea.heightRatio * flick.height
    }

    Enlarged {
        id: reading
    }
}
