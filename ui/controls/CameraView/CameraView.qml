import QtQuick
import ui.theme
import ui.controls

// What a camera sees, with a frame to hold the paper in. `source` names an image provider, `number` the picture.
Rectangle {
    id: camera

    property string source: "image://frames/"
    property int number: 0
    // what to do or what is seen now
    property string hint: ""
    property bool frameShown: true
    property bool found: false
    property string emptyText: qsTr("摄像头正在准备")

    implicitWidth: 200 * Theme.mm
    implicitHeight: width * 0.75
    radius: Theme.radius
    color: Theme.shade
    Accessible.role: Accessible.Graphic
    Accessible.name: number > 0 ? hint : emptyText

    Image {
        id: picture

        anchors.fill: parent
        anchors.margins: Theme.lineThick
        visible: camera.number > 0
        source: camera.number > 0 ? camera.source + camera.number : ""
        sourceSize: Qt.size(width, height)
        fillMode: Image.PreserveAspectFit
        retainWhileLoading: true
        cache: false
        smooth: false
        Accessible.ignored: true
    }

    Column {
        visible: camera.number === 0
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.gapLarge
        spacing: Theme.gap

        Spinner {
            anchors.horizontalCenter: parent.horizontalCenter
            running: camera.number === 0
            colour: Theme.shadeText
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.shadeText
            text: camera.emptyText
            Accessible.ignored: true
        }
    }

    ScanFrame {
        visible: camera.frameShown && camera.number > 0
        anchors.centerIn: parent
        width: parent.width * 0.88
        height: parent.height * 0.84
        colour: Theme.shadeText
        found: camera.found
    }

    Rectangle {
        visible: camera.hint !== "" && camera.number > 0
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap
        width: Math.min(parent.width - 2 * Theme.gap, words.implicitWidth + 2 * Theme.gap)
        height: words.height + 2 * Theme.gapSmall
        radius: Theme.radius
        color: camera.found ? Theme.shadeGood : Theme.shade

        Words {
            id: words

            anchors.centerIn: parent
            width: Math.min(implicitWidth, camera.width - 4 * Theme.gap)
            horizontalAlignment: Text.AlignHCenter
            color: Theme.shadeText
            text: camera.hint
            Accessible.ignored: true
        }
    }
}
