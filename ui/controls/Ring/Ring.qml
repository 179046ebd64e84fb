import QtQuick
import QtQuick.Shapes
import ui.theme
import ui.controls

// A ring that empties, with a number in it.
Item {
    id: ring

    required property real share
    required property int number
    property int size: Math.round(44 * Theme.mm)
    readonly property real thickness: 2.4 * Theme.mm

    implicitWidth: size
    implicitHeight: size
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("还有 %1 秒").arg(number)

    Shape {
        anchors.fill: parent

        ShapePath {
            fillColor: "transparent"
            strokeColor: Theme.surfaceSunken
            strokeWidth: ring.thickness

            PathAngleArc {
                centerX: ring.size / 2
                centerY: ring.size / 2
                radiusX: (ring.size - ring.thickness) / 2
                radiusY: radiusX
                startAngle: 0
                sweepAngle: 360
            }
        }

        ShapePath {
            fillColor: "transparent"
            strokeColor: Theme.accentInk
            strokeWidth: ring.thickness
            capStyle: ShapePath.RoundCap

            PathAngleArc {
                centerX: ring.size / 2
                centerY: ring.size / 2
                radiusX: (ring.size - ring.thickness) / 2
                radiusY: radiusX
                startAngle: -90
                sweepAngle: 360 * Math.max(0, Math.min(1, ring.share))
            }
        }
    }

    Words {
        anchors.centerIn: parent
        text: ring.number
        size: Words.Display
        Accessible.ignored: true
    }
}
