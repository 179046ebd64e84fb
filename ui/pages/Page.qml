import QtQuick
import ui.theme
import ui.controls
import ui.models

// The frame as every page uses it: what stands around the page comes from the shell, the rest from the page.
PageFrame {
    id: page

    required property ShellModel shell
    // says what is on the page
    property NarratorModel narrator: null
    // what to do, said when the page comes: sentences that everybody may hear, each a text of its own
    property list<string> spoken: []
    // false: the page says what to enter at its field
    property bool adviceShown: true
    // what else the page says and may need explaining (assets/i18n/glossary.yaml); title, reason and advice always are
    property list<string> said: []

    signal languageWanted
    signal seeHearWanted
    signal helpWanted

    cityName: shell.cityName
    crest: shell.crest
    where: shell.matterName
    step: shell.stepTitle
    stepCount: shell.step < 0 ? "" : qsTr("第 %1 步，共 %2 步").arg(shell.step + 1).arg(6)
    next: shell.next
    footnotes: shell.explained(title, why + shell.adviceText, said)
    caption: narrator === null ? "" : narrator.caption
    progress: shell.step < 0 ? -1 : (shell.step + 1) / 6
    backShown: shell.canBack
    homeShown: shell.canHome
    onBackTapped: shell.back()
    onHomeTapped: shell.home()
    onElderTapped: shell.setElder(!shell.elder)
    onLanguageTapped: languageWanted()
    onSeeHearTapped: seeHearWanted()
    onHelpTapped: helpWanted()

    cornerRoom: basketButton.visible && !Theme.lowReach ? basketButton.width + Theme.gap : 0
    reachRoom: basketButton.visible && Theme.lowReach ? basketButton.height + Theme.gap : 0

    // beside who serves, wherever it can be opened
    BasketButton {
        id: basketButton

        parent: page
        visible: count > 0
        x: (page.lying && !Theme.lowReach ? page.sideWidth : page.width) - width - (page.lying && !Theme.lowReach ? Theme.gap : Theme.pageMargin)
        y: Theme.lowReach ? page.reachTop : (page.bandTop - height) / 2
        brief: page.lying && Theme.elder && !Theme.lowReach
        count: page.shell.basketCount
        onClicked: page.shell.openBasket()
    }

    HelperBand {
        objectName: "helper"
        visible: page.shell.helper !== ""
        width: parent.width
        helper: page.shell.helper
        onEnded: page.shell.endHelp()
    }

    Notice {
        objectName: "advice"
        visible: page.adviceShown && page.shell.adviceText !== ""
        width: parent.width
        kind: page.shell.adviceCritical ? Notice.Critical : Notice.Caution
        text: page.shell.adviceText
    }
}
