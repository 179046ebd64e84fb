import QtQuick
import ui.controls

// A slip beside a matter: it is being printed, it waits in the slot, or somebody has to look whether it does.
DevicePrompt {
    id: prompt

    // a kiosk.session.state.Receipt
    required property string paper

    visible: paper === "printing" || paper === "printed" || paper === "unproven"
    brief: true
    device: DevicePrompt.Printer
    progress: paper === "printing" ? DevicePrompt.Reading : paper === "printed" ? DevicePrompt.Done : DevicePrompt.Waiting
    text: paper === "printing" ? qsTr("正在打印，请稍候") : paper === "printed" ? qsTr("打印好了，请从出纸口取走") : qsTr("打印机没有回音，请看看出纸口")
}
