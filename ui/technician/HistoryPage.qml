pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.models.technician

// What tests found before: of one test with the plot of a measure, or the newest of all.
TechFrame {
    id: page

    required property HistoryModel history

    title: history.title === "" ? qsTr("测试历史") : qsTr("历史：%1").arg(history.title)

    Card {
        visible: page.history.title !== "" && !page.history.empty
        width: parent.width

        Flow {
            visible: page.history.several
            width: parent.width
            spacing: Theme.touchGap

            Repeater {
                model: page.history.trends

                Tool {
                    required chosen
                    required property string measure
                    required property string title
                    required property string tone

                    objectName: "trend-" + measure
                    text: title
                    iconName: Tone.sign(tone)
                    onClicked: page.history.choose(measure)
                }
            }
        }

        Plot {
            width: parent.width
            plot: page.history.plot as PlotModel
        }
    }

    Card {
        visible: !page.history.empty
        width: parent.width
        title: qsTr("记录")
        aside: qsTr("新的在前")
        gap: Theme.touchGap

        Repeater {
            id: rows

            model: page.history.entries

            ResultLine {
                required property int index

                objectName: "entry-" + index
                width: parent.width
                opens: page.history.title === ""
                last: index === rows.count - 1
                onClicked: page.history.open(test)
            }
        }
    }

    Empty {
        visible: page.history.empty
        width: parent.width
        busy: page.history.reading
        text: page.history.reading ? qsTr("正在读取历史…") : qsTr("还没有记录。做过一次测试就会有。")
    }
}
