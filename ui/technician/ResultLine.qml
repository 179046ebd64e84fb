import QtQuick

// One result in a list: verdict, test, what decided, when, who.
TouchRow {
    required tone
    required property string test
    required property string title
    required property string about
    required property string verdict
    required property string said
    required property string when

    text: title
    note: said === "" ? about : about + " · " + said
    aside: verdict
    asideTone: tone
    asideNote: when
}
