#include "app/andon/faces.h"

#include "app/andon/options.h"
#include "app/andon/paintedtext.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QDir>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QStackedLayout>

namespace andon::desktop
{

namespace
{

constexpr const char *kFaces[] = {"loading",     "empty", "filled",  "filtered",
                                  "unavailable", "stale", "offline", "not-configured"};
constexpr ui::Theme kThemes[] = {ui::Theme::Dark, ui::Theme::Light, ui::Theme::HighContrast};
constexpr QSize kSizes[] = {{1440, 900}, {1920, 1080}};
constexpr QLatin1String kNothingHasIt("zz-nothing-has-this");

QString where(const QWidget &widget)
{
    QString path;
    for (const QWidget *at = &widget; at && path.size() < 90; at = at->parentWidget())
        path.prepend(QString::fromLatin1(at->metaObject()->className()).section(u':', -1) + u'/');
    return path;
}

/// "" when all of its words are there to read.
QString cutOff(const QWidget &widget)
{
    constexpr int kSlack = 1;
    const QFontMetrics metrics = widget.fontMetrics();
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        if (label->text().isEmpty() || !label->pixmap().isNull() || !label->toolTip().isEmpty())
            return {};
        const QRect room = label->contentsRect();
        const QRect needed = label->wordWrap()
            ? metrics.boundingRect(QRect(0, 0, room.width(), 10'000), Qt::TextWordWrap, label->text())
            : QRect(QPoint(), metrics.size(0, label->text()));
        const bool fits =
            needed.width() <= room.width() + kSlack && needed.height() <= room.height() + metrics.descent();
        return fits ? QString() : label->text();
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        const bool fits = metrics.horizontalAdvance(button->text()) <= button->width() || !button->toolTip().isEmpty();
        return fits ? QString() : button->text();
    }
    return {};
}

/// A table, a text or what is typed scrolls sideways and cuts words itself, with an ellipsis.
bool scrolls(const QWidget &widget)
{
    const auto *area = qobject_cast<const QAbstractScrollArea *>(widget.parentWidget());
    return (area && area->viewport() == &widget) || qobject_cast<const QLineEdit *>(&widget);
}

/// Words that a widget paints beyond its edge, or over others of its words.
void findBadPaint(QWidget &widget, QStringList &problems)
{
    constexpr double kSlack = 2; // fonts lean over
    if (scrolls(widget) || !widget.toolTip().isEmpty()) // or says the whole in a tooltip
        return;
    const std::vector<PaintedText> texts = paintedTexts(widget);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const QRectF box = texts[i].box.adjusted(kSlack, 0, -kSlack, 0);
        if (box.left() < 0 || box.right() > widget.width())
            problems << QStringLiteral("cut off: %1 painted in %2").arg(texts[i].text.left(60), where(widget));
        for (std::size_t j = 0; j < i; ++j) {
            const QRectF both = box & texts[j].box.adjusted(kSlack, 0, -kSlack, 0);
            if (both.width() > kSlack && both.height() > box.height() / 3)
                problems << QStringLiteral("overlap: %1 painted over %2 in %3")
                                .arg(texts[i].text.left(40), texts[j].text.left(40), where(widget));
        }
    }
}

/// The widgets that a layout shows, those of the layouts in it too; of a stack one is shown.
void collect(const QLayout &layout, std::vector<const QWidget *> &shown)
{
    for (int i = 0; i < layout.count(); ++i) {
        const QWidget *widget = layout.itemAt(i)->widget();
        if (widget && widget->isVisible() && !widget->size().isEmpty())
            shown.push_back(widget);
        else if (const QLayout *inner = layout.itemAt(i)->layout())
            collect(*inner, shown);
    }
}

void findOverlaps(const QLayout &layout, QStringList &problems)
{
    if (qobject_cast<const QStackedLayout *>(&layout))
        return;
    std::vector<const QWidget *> shown;
    collect(layout, shown);
    for (std::size_t i = 0; i < shown.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (shown[i]->geometry().intersects(shown[j]->geometry()))
                problems << QStringLiteral("overlap: %1 over %2").arg(where(*shown[i]), where(*shown[j]));
}

} // namespace

std::vector<Shot> faceShots(const ui::MainWindow &window, const QCommandLineParser &parser, core::Instant now)
{
    const QString folder = parser.value(opt("faces"));
    const auto wanted = [&parser](const char *option, const QString &value) {
        return !parser.isSet(opt(option)) || parser.value(opt(option)) == value;
    };
    std::vector<QSize> sizes(std::begin(kSizes), std::end(kSizes));
    if (parser.isSet(opt("size")))
        sizes = {sizeOf(parser.value(opt("size")))};
    std::vector<Shot> shots;
    for (const auto &entry : window.pages())
        for (const char *face : kFaces)
            for (const ui::Theme theme : kThemes)
                for (const QSize &size : sizes) {
                    const QString name = QString::fromLatin1(face);
                    if (!wanted("page", entry.key) || !wanted("state", name)
                        || !wanted("theme", QString::fromLatin1(ui::nameOf(theme))))
                        continue;
                    Shot shot{
                        .page = entry.key,
                        .file = QDir(folder).filePath(QStringLiteral("%1-%2-%3-%4x%5.png")
                                                          .arg(entry.key, name, QString::fromLatin1(ui::nameOf(theme)))
                                                          .arg(size.width())
                                                          .arg(size.height())),
                        .size = size,
                        .theme = theme,
                        .checked = true};
                    if (name == u"filtered")
                        shot.filter = kNothingHasIt;
                    else
                        shot.state = *pageState(name, now);
                    shots.push_back(std::move(shot));
                }
    return shots;
}

QStringList layoutProblems(QWidget &window)
{
    QStringList problems;
    QList<QWidget *> all{&window};
    all += window.findChildren<QWidget *>();
    for (QWidget *widget : all) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty())
            continue;
        findBadPaint(*widget, problems);
        if (const QString words = cutOff(*widget); !words.isEmpty())
            problems << QStringLiteral("cut off: %1 in %2").arg(words.left(60), where(*widget));
        if (const QLayout *layout = widget->layout())
            findOverlaps(*layout, problems);
    }
    problems.removeDuplicates();
    return problems;
}

} // namespace andon::desktop
