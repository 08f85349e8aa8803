#pragma once
// Text, rules and shapes on a page whose unit is the point. Text is set at one large size and scaled, so that it
// measures and breaks the same on screen and on paper. Any thread that may paint. Internal to reports.
#include <QColor>
#include <QRectF>
#include <QString>

#include <vector>

class QPainter;

namespace andon::reports
{

constexpr double kMargin = 42; ///< left and right
constexpr double kTop = 40;
constexpr double kFoot = 62; ///< below the content, for the footer

struct TextStyle {
    double size = 8.5;
    QColor colour = QColor(0x1B, 0x1F, 0x24);
    bool strong = false;
    bool mono = false;
    bool right = false;
    bool oneLine = false; ///< shortened with … instead of wrapped
};

namespace ink
{
inline const QColor kText(0x1B, 0x1F, 0x24);
inline const QColor kSecond(0x43, 0x4A, 0x54);
inline const QColor kMuted(0x5D, 0x65, 0x70);
inline const QColor kRule(0xC6, 0xCC, 0xD4);
inline const QColor kHair(0xE3, 0xE6, 0xEA);
inline const QColor kGrey(0x9A, 0xA1, 0xAA);
inline const QColor kMajor(0xB5, 0x47, 0x08);
inline const QColor kWarning(0x8A, 0x61, 0x00);
} // namespace ink

/// The shapes of a state, as on the screen.
enum class Mark { None, Fine, Warning, Major, Stale };

[[nodiscard]] double textHeight(const QString &text, double width, const TextStyle &style);
[[nodiscard]] double textWidth(const QString &text, const TextStyle &style);
/// Returns the height that it took.
double drawText(QPainter &painter, double x, double y, double width, const QString &text, const TextStyle &style);
void drawMark(QPainter &painter, double x, double y, double size, Mark mark);
void drawRule(QPainter &painter, double y, const QColor &colour = ink::kRule, double pen = 0.6);
[[nodiscard]] QColor colourOf(Mark mark);

/// A text of a cell, with a small one below it and a shape before it.
struct PaperCell {
    QString text = {};
    QString note = {};
    Mark mark = Mark::None;
    bool strong = false;
    bool mono = false;
    QColor colour = ink::kText;
};

struct PaperColumn {
    QString title = {};
    double width = 0;
    bool right = false;
    double size = 8.5;
};

[[nodiscard]] double rowHeight(const std::vector<PaperColumn> &columns, const std::vector<PaperCell> &cells);
void drawRow(QPainter &painter, double y, const std::vector<PaperColumn> &columns, const std::vector<PaperCell> &cells);
[[nodiscard]] double headHeight(const std::vector<PaperColumn> &columns);
void drawHead(QPainter &painter, double y, const std::vector<PaperColumn> &columns);

} // namespace andon::reports
