pragma ComponentBehavior: Bound

import QtQuick
import ui.controls
import ui.models.technician

// The diagnostics mode: one page a place of the visit, and the warning that nobody is there. Lies over the citizens'
// pages, and lets no touch through; what tests of the screen draw (ui/bench) lies over it.
Item {
    id: mode

    required property TechnicianModel technician

    readonly property string shown: pages.status === Loader.Ready ? technician.place : ""

    function componentFor(place: string): Component {
        switch (place) {
        case "door":
            return doorPage;
        case "overview":
            return overviewPage;
        case "device":
            return devicePage;
        case "tests":
            return testsPage;
        case "running":
            return runningPage;
        case "result":
            return resultPage;
        case "history":
            return historyPage;
        case "repairs":
            return repairsPage;
        case "repair":
            return repairPage;
        case "report":
            return reportPage;
        case "traffic":
            return trafficPage;
        case "audit":
            return auditPage;
        case "leave":
            return leavePage;
        default:
            return null;
        }
    }

    objectName: "technician"

    // no touch reaches what lies below
    MouseArea {
        anchors.fill: parent
    }

    Loader {
        id: pages

        anchors.fill: parent
        sourceComponent: mode.componentFor(mode.technician.place)
    }

    Countdown {
        visible: mode.technician.idleRemaining > 0
        anchors.fill: parent
        remaining: mode.technician.idleRemaining
        total: mode.technician.idleTotal
        title: qsTr("还在检修吗？")
        text: qsTr("时间到了会退出诊断模式，办事人就可以使用本机。")
        stayText: qsTr("继续检修")
        onStayTapped: mode.technician.attend()
    }

    // whoever touches anything is here; above everything, or what takes the touch would keep it
    Item {
        anchors.fill: parent
        z: 1

        PointHandler {
            target: null
            onActiveChanged: if (active)
                mode.technician.attend()
        }
    }

    Component {
        id: doorPage

        DoorPage {
            technician: mode.technician
            door: mode.technician.door as DoorModel
        }
    }

    Component {
        id: overviewPage

        OverviewPage {
            technician: mode.technician
            overview: mode.technician.overview as OverviewModel
        }
    }

    Component {
        id: devicePage

        DevicePage {
            technician: mode.technician
            device: mode.technician.device as DeviceModel
        }
    }

    Component {
        id: testsPage

        TestsPage {
            technician: mode.technician
            tests: mode.technician.tests as TestsModel
        }
    }

    Component {
        id: runningPage

        RunningPage {
            technician: mode.technician
            running: mode.technician.running as RunningModel
        }
    }

    Component {
        id: resultPage

        ResultPage {
            technician: mode.technician
            result: mode.technician.result as ResultModel
        }
    }

    Component {
        id: historyPage

        HistoryPage {
            technician: mode.technician
            history: mode.technician.history as HistoryModel
        }
    }

    Component {
        id: repairsPage

        RepairsPage {
            technician: mode.technician
            repairs: mode.technician.repairs as RepairsModel
        }
    }

    Component {
        id: repairPage

        RepairPage {
            technician: mode.technician
            repair: mode.technician.repair as RepairModel
        }
    }

    Component {
        id: reportPage

        ReportPage {
            technician: mode.technician
            report: mode.technician.report as ReportModel
        }
    }

    Component {
        id: trafficPage

        TrafficPage {
            technician: mode.technician
            traffic: mode.technician.traffic as TrafficModel
        }
    }

    Component {
        id: auditPage

        AuditPage {
            technician: mode.technician
            audit: mode.technician.audit as AuditModel
        }
    }

    Component {
        id: leavePage

        LeavePage {
            technician: mode.technician
        }
    }
}
