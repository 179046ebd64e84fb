pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// Everything that is theirs: first what waits for them, then what they may take, what runs, and what they have.
Page {
    id: page

    required property MineModel mine

    title: mine.looking ? qsTr("正在查找您的办件") : mine.told ? qsTr("%1，这些是您的").arg(mine.holder) : qsTr("暂时查不到您的办件")
    why: mine.told ? qsTr("只有您验证身份后才看得到。看完请取走证件。") : mine.looking ? "" : qsTr("可以再试一次，或者过一会儿再来。")
    bodyCentred: mine.looking
    next: mine.told && !mine.empty ? shell.next : ""
    primaryText: mine.looking ? "" : mine.told ? mine.midway ? qsTr("看完了，回到办理结果") : qsTr("看完了，退出查询") : qsTr("再试一次")
    primaryIcon: !mine.told ? "refresh-cw" : mine.midway ? "undo-2" : "log-out"
    onPrimaryTapped: mine.told ? mine.next() : mine.retry()

    Column {
        visible: page.mine.looking
        width: parent.width
        spacing: Theme.gapLarge

        Spinner {
            anchors.horizontalCenter: parent.horizontalCenter
            running: page.mine.looking
            size: Theme.iconHuge
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            quiet: true
            text: qsTr("办件 · 证照 · 可以直接领的 · 提醒")
        }
    }

    Notice {
        objectName: "untold"
        visible: page.mine.told && page.mine.untold !== ""
        width: parent.width
        kind: Notice.Caution
        title: qsTr("有的内容暂时查不到")
        text: qsTr("%1现在没有查到，不等于没有。可以再试一次，或者过一会儿再来。").arg(page.mine.untold)
    }

    ActionButton {
        objectName: "retry"
        visible: page.mine.told && page.mine.untold !== ""
        rank: ActionButton.Secondary
        iconName: "refresh-cw"
        text: qsTr("再查我的办件")
        onClicked: page.mine.retry()
    }

    OwnRows {
        visible: page.mine.told && count > 0
        width: parent.width
        busy: page.mine.opening
        title: qsTr("等您处理")
        model: page.mine.waiting
        onOpened: (kind, key) => page.mine.open(kind, key)
    }

    Notice {
        objectName: "empty"
        visible: page.mine.told && page.mine.empty
        width: parent.width
        title: qsTr("还没有办过的事")
        text: qsTr("在这里办的每一件事，办到哪一步、有什么结果，以后都能在这里查到。")
    }

    OwnRows {
        visible: page.mine.told && count > 0
        width: parent.width
        busy: page.mine.opening
        title: qsTr("正在办")
        model: page.mine.running
        onOpened: (kind, key) => page.mine.open(kind, key)
    }

    OwnRows {
        visible: page.mine.told && count > 0
        width: parent.width
        busy: page.mine.opening
        title: qsTr("您可以享受的")
        model: page.mine.benefits
        onOpened: (kind, key) => page.mine.open(kind, key)
    }

    ActionButton {
        objectName: "all-benefits"
        visible: page.mine.told && page.mine.moreBenefits !== ""
        width: parent.width
        rank: ActionButton.Quiet
        iconName: "chevron-down"
        text: page.mine.moreBenefits
        onClicked: page.mine.showAllBenefits()
    }

    Grid {
        id: tiles

        visible: page.mine.told
        width: parent.width
        columns: Theme.elder ? 1 : 2
        spacing: Theme.gapSmall

        OwnTile {
            objectName: "licences"
            width: Math.floor((tiles.width - (tiles.columns - 1) * tiles.spacing) / tiles.columns)
            enabled: !page.mine.opening
            iconName: "id-card"
            text: qsTr("我的证照")
            note: page.mine.licences
            onClicked: page.mine.openLicences()
        }

        OwnTile {
            objectName: "uses"
            width: Math.floor((tiles.width - (tiles.columns - 1) * tiles.spacing) / tiles.columns)
            enabled: !page.mine.opening
            iconName: "eye"
            text: qsTr("谁看过我的信息")
            note: qsTr("每一次都有记录")
            onClicked: page.mine.openUses()
        }

        OwnTile {
            objectName: "queue"
            width: Math.floor((tiles.width - (tiles.columns - 1) * tiles.spacing) / tiles.columns)
            enabled: !page.mine.opening
            iconName: "ticket"
            text: qsTr("到窗口办，先取号")
            note: qsTr("看几人在等，点一下出号")
            onClicked: page.mine.openQueue()
        }

        OwnTile {
            objectName: "complain"
            width: Math.floor((tiles.width - (tiles.columns - 1) * tiles.spacing) / tiles.columns)
            enabled: !page.mine.opening
            iconName: "pen-line"
            text: qsTr("投诉办不成的事")
            note: qsTr("每一件都有人答复")
            onClicked: page.mine.complain()
        }

        OwnTile {
            objectName: "drafts"
            visible: page.mine.drafts !== ""
            width: Math.floor((tiles.width - (tiles.columns - 1) * tiles.spacing) / tiles.columns)
            enabled: !page.mine.opening
            iconName: "file-pen"
            text: qsTr("存着没办完的")
            note: page.mine.drafts
            onClicked: page.mine.openDrafts()
        }
    }

    OwnRows {
        visible: page.mine.told && count > 0
        width: parent.width
        busy: page.mine.opening
        title: qsTr("我的投诉")
        model: page.mine.complaints
        onOpened: (kind, key) => page.mine.open(kind, key)
    }

    OwnRows {
        visible: page.mine.told && count > 0
        width: parent.width
        busy: page.mine.opening
        title: qsTr("已经办完")
        model: page.mine.finished
        onOpened: (kind, key) => page.mine.open(kind, key)
    }
}
