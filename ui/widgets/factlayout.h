#pragma once
// A fact of a FactSheet, and how facts are set in a given width: every text wraps, within a word when it must. GUI
// thread.
#include <QRect>
#include <QTextLayout>

#include <memory>
#include <vector>

namespace andon::ui
{

struct Fact {
    enum class Kind {
        Section, ///< name as a heading, note beside it
        Row, ///< name, value, and the note below the value
        Amount, ///< name and note left, value right: for numbers under each other
        Text, ///< value over the whole width
        Code, ///< value in a box, fixed pitch
        Rule, ///< name and value right; strong: the one that decided
        Finding, ///< shape, name, and the value below it
        Figure, ///< value large, name beside it, note below
        Step, ///< name (a symbol), note (how), value right
        Link, ///< value opens link
    };
    Kind kind = Kind::Row;
    QString name = {};
    QString value = {};
    QString note = {};
    int status = -1; ///< an ui::Status, shown as its shape
    bool code = false; ///< the value in fixed pitch
    bool strong = false;
    QString link = {}; ///< what linkRequested() says
    bool operator==(const Fact &) const = default;
};

/// A laid out text with its place.
struct FactPiece {
    enum class Ink { Text, Second, Muted, Link };
    std::unique_ptr<QTextLayout> layout = {};
    QPointF at = {};
    Ink ink = Ink::Text;
};

struct FactLine {
    QRect rect = {};
    std::vector<FactPiece> pieces = {};
};

constexpr int kFactSide = 12; ///< space left and right
constexpr int kFactNames = 88; ///< width of the names' column

/// One line for each fact, from above; height takes what all need.
[[nodiscard]] std::vector<FactLine> layOutFacts(const std::vector<Fact> &facts, int width, int *height);

} // namespace andon::ui
