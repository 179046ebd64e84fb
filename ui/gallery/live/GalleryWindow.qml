pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import ui.theme
import ui.controls
import ui.gallery.live

// To browse in: what there is on the left, how it is shown above, and the thing itself in a window of its own.
Window {
    id: browser

    required property GalleryModel gallery

    width: 1600
    height: 1000
    visible: true
    title: gallery.title
    color: Theme.surfaceSunken

    Shortcut {
        sequences: ["Right", "Ctrl+PgDown"]
        onActivated: browser.gallery.next()
    }

    Shortcut {
        sequences: ["Left", "Ctrl+PgUp"]
        onActivated: browser.gallery.previous()
    }

    Rectangle {
        id: side

        width: Math.round(84 * Theme.mm)
        height: parent.height
        color: Theme.surface

        Rectangle {
            id: field

            width: parent.width - 2 * Theme.gap
            height: Theme.touchTarget
            x: Theme.gap
            y: Theme.gap
            radius: Theme.radiusSmall
            color: Theme.surfaceRaised
            border.color: typed.activeFocus ? Theme.focus : Theme.outline
            border.width: typed.activeFocus ? Theme.lineThick : Theme.lineThin

            TextInput {
                id: typed

                objectName: "search"
                anchors.fill: parent
                anchors.margins: Theme.gapSmall
                verticalAlignment: TextInput.AlignVCenter
                color: Theme.text
                font.family: Theme.fontFamily
                font.pixelSize: Theme.captionSize
                clip: true
                Accessible.role: Accessible.EditableText
                Accessible.name: qsTr("查找页面、控件或状态")
                onTextEdited: browser.gallery.search(text)
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.gapSmall
                visible: typed.text === ""
                size: Words.Caption
                quiet: true
                text: qsTr("查找页面、控件或状态")
            }
        }

        ListView {
            id: list

            objectName: "entries"
            anchors.top: field.bottom
            anchors.topMargin: Theme.gapSmall
            anchors.bottom: parent.bottom
            width: parent.width
            clip: true
            model: browser.gallery.entries
            currentIndex: browser.gallery.index
            highlightMoveDuration: 0
            Accessible.role: Accessible.List

            delegate: TouchTarget {
                id: entry

                required property string key
                required property string name
                required property string part
                required property bool current

                objectName: "entry-" + key
                width: list.width
                height: Theme.touchTarget
                spoken: part + " " + name
                onClicked: browser.gallery.choose(key)

                background: Rectangle {
                    color: entry.current ? Theme.accentQuiet : "transparent"
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    x: Theme.gap
                    width: parent.width - 2 * Theme.gap
                    size: Words.Caption
                    maximumLineCount: 1
                    elide: Text.ElideRight
                    color: entry.current ? Theme.accentInk : Theme.text
                    text: entry.name
                }
            }
        }
    }

    Flow {
        id: switches

        anchors.left: side.right
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap
        spacing: Theme.gapSmall

        Switch {
            objectName: "previous"
            text: "←"
            spoken: qsTr("上一个")
            onClicked: browser.gallery.previous()
        }

        Switch {
            objectName: "next"
            text: "→"
            spoken: qsTr("下一个")
            onClicked: browser.gallery.next()
        }

        Switch {
            objectName: "language"
            text: browser.gallery.language
            onClicked: browser.gallery.nextLanguage()
        }

        Switch {
            objectName: "layout"
            text: browser.gallery.layout
            onClicked: browser.gallery.nextLayout()
        }

        Switch {
            objectName: "elder"
            text: qsTr("长辈版")
            on: browser.gallery.elder
            onClicked: browser.gallery.turnElder()
        }

        Switch {
            objectName: "contrast"
            text: qsTr("高对比")
            on: browser.gallery.highContrast
            onClicked: browser.gallery.turnContrast()
        }

        Switch {
            objectName: "reach"
            text: qsTr("低位操作")
            on: browser.gallery.lowReach
            onClicked: browser.gallery.turnReach()
        }

        Switch {
            objectName: "motion"
            text: qsTr("动画")
            on: browser.gallery.moving
            onClicked: browser.gallery.turnMotion()
        }

        Switch {
            objectName: "again"
            text: qsTr("重来")
            onClicked: browser.gallery.again()
        }
    }

    Words {
        id: title

        objectName: "title"
        anchors.left: side.right
        anchors.right: parent.right
        anchors.top: switches.bottom
        anchors.margins: Theme.gap
        size: Words.Caption
        color: browser.gallery.problem === "" ? Theme.text : Theme.critical
        text: browser.gallery.problem === "" ? browser.gallery.title : browser.gallery.problem
    }

    Item {
        id: ground

        anchors.left: side.right
        anchors.right: parent.right
        anchors.top: title.bottom
        anchors.bottom: parent.bottom
        anchors.margins: Theme.gap
        onWidthChanged: browser.gallery.give(width, height)
        onHeightChanged: browser.gallery.give(width, height)

        WindowContainer {
            objectName: "frame"
        }
    }
}
