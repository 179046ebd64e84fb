import QtQuick
import ui.controls
import ui.models

// The licences somebody has, and whether each is good.
Page {
    id: page

    required property LicencesModel licences

    title: qsTr("我的证照")
    next: licences.count > 0 ? shell.next : ""
    why: licences.count > 0 ? qsTr("点开可以看内容、出示二维码，也可以打印。") : ""
    said: empty.visible ? [empty.title, empty.text] : []

    Notice {
        visible: page.licences.untold
        width: parent.width
        kind: Notice.Caution
        text: qsTr("现在查不到您的证照，不等于没有。请过一会儿再来。")
    }

    Notice {
        id: empty

        objectName: "empty"
        visible: page.licences.count === 0 && !page.licences.untold
        width: parent.width
        title: qsTr("还没有电子证照")
        text: qsTr("以后发给您的电子证照都会在这里，办事时不用再交纸质件。")
    }

    OwnRows {
        width: parent.width
        busy: page.licences.busy
        model: page.licences.rows
        onOpened: (kind, key) => page.licences.open(key)
    }
}
