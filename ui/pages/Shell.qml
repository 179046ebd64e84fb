pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import ui.theme
import ui.models

// The one window: the page that is up, what may lie over every page, and the keyboard below it.
Window {
    id: shellWindow

    required property ShellModel shell
    required property NarratorModel narrator
    required property AttractModel attract
    required property FindModel find
    required property BasketModel basket
    required property QuestionModel question
    required property GuideModel guide
    required property NoticeModel notice
    required property DocumentModel document
    required property VerifyModel verify
    required property FetchModel fetch
    required property ConfirmModel confirm
    required property ResumeModel resume
    required property BehalfModel behalf
    required property KeptModel kept
    required property HelperModel helper
    required property TasksModel tasks
    required property ChangeModel change
    required property MaterialsModel materials
    required property CameraModel camera
    required property PromiseModel promise
    required property ReviewModel review
    required property SignModel sign
    required property OutcomesModel outcomes
    required property ReceiptModel receipt
    required property RatingModel rating
    required property GoodbyeModel goodbye
    required property MineModel mine
    required property CaseModel matter
    required property WithdrawModel withdrawal
    required property LicencesModel licences
    required property SheetModel sheet
    required property UsesModel uses
    required property BenefitModel benefit
    required property NumberModel numbered
    required property PayModel payment
    required property HallsModel halls
    required property TicketModel ticket
    required property ComplainModel complain
    required property ComplaintModel complaint
    required property DeliveryModel delivery
    required property FrameCounter live
    property DockModel dock: null
    // of the diagnostics mode, while a technician is there; its type is loaded with its pages
    property QtObject technician: null

    // the page that is up, once it is painted
    readonly property string shown: pages.status === Loader.Ready ? shell.page : ""

    // that of the page which came last
    property real progress: -1

    function componentFor(stage: string): Component {
        switch (stage) {
        case "attract":
            return attractPage;
        case "find":
            return findPage;
        case "basket":
            return basketPage;
        case "situation":
        case "question":
            return questionPage;
        case "guide":
            return guidePage;
        case "notice":
            return noticePage;
        case "document":
            return documentPage;
        case "verify":
            return verifyPage;
        case "fetch":
            return fetchPage;
        case "confirm":
            return confirmPage;
        case "resume":
            return resumePage;
        case "behalf":
            return behalfPage;
        case "kept":
            return keptPage;
        case "helper":
            return helperPage;
        case "tasks":
            return tasksPage;
        case "change":
            return changePage;
        case "materials":
            return materialsPage;
        case "camera":
            return cameraPage;
        case "promise":
            return promisePage;
        case "review":
            return reviewPage;
        case "sign":
            return signPage;
        case "outcomes":
            return outcomesPage;
        case "receipt":
            return receiptPage;
        case "rating":
            return ratingPage;
        case "mine":
            return minePage;
        case "case":
            return casePage;
        case "withdraw":
            return withdrawPage;
        case "licences":
            return licencesPage;
        case "sheet":
            return sheetPage;
        case "uses":
            return usesPage;
        case "benefit":
            return benefitPage;
        case "number":
            return numberPage;
        case "pay":
            return payPage;
        case "halls":
            return hallsPage;
        case "ticket":
            return ticketPage;
        case "complain":
            return complainPage;
        case "complaint":
            return complaintPage;
        case "delivery":
            return deliveryPage;
        default:
            return goodbyePage;
        }
    }

    title: shell.cityName
    color: Theme.surface
    onTechnicianChanged: {
        if (technician === null)
            technicians.source = "";
        else
            technicians.setSource("../technician/TechnicianShell.qml", {
                technician: technician
            });
    }

    Shortcut {
        sequence: "Ctrl+Alt+D"
        onActivated: shellWindow.shell.knock()
    }

    Loader {
        id: pages

        objectName: "pages"
        visible: shellWindow.technician === null
        width: parent.width
        height: parent.height
        sourceComponent: shellWindow.componentFor(shellWindow.shell.page)
        onLoaded: {
            overlays.close();
            // nothing half typed, and no candidates, stay for the next page or the next citizen
            InputMethod.reset();
            const page = pages.item as Page;
            page.arrive(shellWindow.progress);
            shellWindow.progress = page.progress;
        }
    }

    Overlays {
        id: overlays

        anchors.fill: parent
        shell: shellWindow.shell
    }

    // nothing of it is loaded before a technician knocks, nor kept after one left
    Loader {
        id: technicians

        anchors.fill: parent
    }

    Loader {
        anchors.fill: parent
        z: 1
        active: shellWindow.dock !== null
        sourceComponent: Dock {
            dock: shellWindow.dock
        }
    }

    // whoever types, scrolls or signs is here, although nothing is answered yet; while something is asked, only the
    // answer counts
    Item {
        anchors.fill: parent
        z: 2

        PointHandler {
            target: null
            onActiveChanged: if (active)
                shellWindow.shell.attend()
        }
    }

    Keyboard {
        wanted: shellWindow.shell.page !== "attract"
    }

    Component {
        id: attractPage

        AttractPage {
            shell: shellWindow.shell
            attract: shellWindow.attract
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: findPage

        FindPage {
            shell: shellWindow.shell
            find: shellWindow.find
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: basketPage

        BasketPage {
            shell: shellWindow.shell
            basket: shellWindow.basket
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: questionPage

        QuestionPage {
            shell: shellWindow.shell
            question: shellWindow.question
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: guidePage

        GuidePage {
            shell: shellWindow.shell
            guide: shellWindow.guide
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: noticePage

        NoticePage {
            shell: shellWindow.shell
            notice: shellWindow.notice
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: documentPage

        DocumentPage {
            shell: shellWindow.shell
            document: shellWindow.document
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: verifyPage

        VerifyPage {
            shell: shellWindow.shell
            verify: shellWindow.verify
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: fetchPage

        FetchPage {
            shell: shellWindow.shell
            fetch: shellWindow.fetch
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: confirmPage

        ConfirmPage {
            shell: shellWindow.shell
            confirm: shellWindow.confirm
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: resumePage

        ResumePage {
            shell: shellWindow.shell
            resume: shellWindow.resume
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: behalfPage

        BehalfPage {
            shell: shellWindow.shell
            behalf: shellWindow.behalf
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: keptPage

        KeptPage {
            shell: shellWindow.shell
            kept: shellWindow.kept
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: helperPage

        HelperPage {
            shell: shellWindow.shell
            helper: shellWindow.helper
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: tasksPage

        TasksPage {
            shell: shellWindow.shell
            tasks: shellWindow.tasks
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: changePage

        ChangePage {
            shell: shellWindow.shell
            change: shellWindow.change
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: materialsPage

        MaterialsPage {
            shell: shellWindow.shell
            materials: shellWindow.materials
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: cameraPage

        CameraPage {
            shell: shellWindow.shell
            camera: shellWindow.camera
            live: shellWindow.live
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: promisePage

        PromisePage {
            shell: shellWindow.shell
            promise: shellWindow.promise
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: reviewPage

        ReviewPage {
            shell: shellWindow.shell
            review: shellWindow.review
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: signPage

        SignPage {
            shell: shellWindow.shell
            sign: shellWindow.sign
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: outcomesPage

        OutcomesPage {
            shell: shellWindow.shell
            outcomes: shellWindow.outcomes
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: receiptPage

        ReceiptPage {
            shell: shellWindow.shell
            receipt: shellWindow.receipt
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: ratingPage

        RatingPage {
            shell: shellWindow.shell
            rating: shellWindow.rating
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: minePage

        MinePage {
            shell: shellWindow.shell
            mine: shellWindow.mine
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: casePage

        CasePage {
            shell: shellWindow.shell
            matter: shellWindow.matter
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: withdrawPage

        WithdrawPage {
            shell: shellWindow.shell
            withdrawal: shellWindow.withdrawal
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: licencesPage

        LicencesPage {
            shell: shellWindow.shell
            licences: shellWindow.licences
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: sheetPage

        SheetPage {
            shell: shellWindow.shell
            sheet: shellWindow.sheet
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: usesPage

        UsesPage {
            shell: shellWindow.shell
            uses: shellWindow.uses
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: benefitPage

        BenefitPage {
            shell: shellWindow.shell
            benefit: shellWindow.benefit
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: numberPage

        NumberPage {
            shell: shellWindow.shell
            numbered: shellWindow.numbered
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: payPage

        PayPage {
            shell: shellWindow.shell
            payment: shellWindow.payment
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: hallsPage

        HallsPage {
            shell: shellWindow.shell
            queue: shellWindow.halls
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: ticketPage

        TicketPage {
            shell: shellWindow.shell
            ticket: shellWindow.ticket
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: complainPage

        ComplainPage {
            shell: shellWindow.shell
            plea: shellWindow.complain
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: complaintPage

        ComplaintPage {
            shell: shellWindow.shell
            plea: shellWindow.complaint
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: deliveryPage

        DeliveryPage {
            shell: shellWindow.shell
            delivery: shellWindow.delivery
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }

    Component {
        id: goodbyePage

        GoodbyePage {
            shell: shellWindow.shell
            goodbye: shellWindow.goodbye
            onLanguageWanted: overlays.showLanguages()
            onSeeHearWanted: overlays.showSeeHear()
            onHelpWanted: overlays.showHelp()
        }
    }
}
