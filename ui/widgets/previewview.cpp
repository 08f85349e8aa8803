#include "ui/widgets/previewview.h"

#include "models/tablefields.h"
#include "text/linepairs.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/theme/style.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pairview.h"

#include <QBuffer>
#include <QHBoxLayout>
#include <QImageReader>
#include <QPainter>
#include <QStackedLayout>

#include <cstdlib>

namespace andon::ui
{

namespace
{

using factory::ObjectPreview;
using Kind = ObjectPreview::Kind;

constexpr int kPictureSide = 1600; // px: larger ones are scaled down while they are read

/// "412.6 MB · 1,214,806 rows · 2026-11-12 10:48 UTC".
QString factsOf(const PreviewSide &side)
{
    QStringList facts{side.name};
    if (side.preview) {
        facts << text::bytes(side.preview->entry.sizeBytes);
        if (side.preview->kind == Kind::Table)
            facts << models::tableFacts(*side.preview);
        if (!side.picture.isNull())
            facts << QStringLiteral("%1 × %2").arg(side.picture.text(QStringLiteral("width")),
                                                   side.picture.text(QStringLiteral("height")));
        if (side.preview->entry.modified.known())
            facts << text::dateTime(side.preview->entry.modified);
        if (side.preview->kind == Kind::Nothing) // why nothing is shown of it
            facts << text::visible(side.preview->entry.contentType);
    }
    facts.removeAll(QString());
    return facts.join(QStringLiteral(" · "));
}

/// What is not shown of it; "" nothing.
QString leftOut(const ObjectPreview &preview)
{
    if (preview.kind == Kind::Nothing)
        return {};
    QStringList words;
    if (!preview.whole && !preview.footer) // that is of all of it
        words << PreviewView::tr("%1 of %2 were read")
                     .arg(text::bytes(preview.read), text::bytes(preview.entry.sizeBytes));
    if (preview.moreLines > 0)
        words << PreviewView::tr("%1 more lines are not shown").arg(text::count(preview.moreLines));
    return words.join(QStringLiteral(", "));
}

/// Why there is nothing to look at.
QString reasonOf(const PreviewSide &side)
{
    if (!side.preview)
        return side.missing;
    if (side.preview->unreadable)
        return models::unreadableWords(*side.preview->unreadable);
    if (side.preview->entry.sizeBytes == 0)
        return PreviewView::tr("The object is empty.");
    if (side.preview->kind == Kind::Picture && side.picture.isNull())
        return side.preview->whole ? PreviewView::tr("This picture cannot be read.")
                                   : PreviewView::tr("The picture is larger than what is read of one.");
    return side.preview->kind == Kind::Nothing
        ? PreviewView::tr("Its contents are not text, a table or a picture: there is nothing to show of them.")
        : QString();
}

PairSide lineSide(const std::vector<std::string> &lines, int at)
{
    return at < 0 ? PairSide{.there = false} : PairSide{.cells = {text::visible(lines[static_cast<std::size_t>(at)])}};
}

PairSide fieldSide(const ObjectPreview &preview, int at, const models::FieldPair &pair)
{
    if (at < 0)
        return {.there = false};
    const factory::TableField &field = preview.fields[static_cast<std::size_t>(at)];
    return {.cells = {text::visible(field.name), text::visible(field.type), models::emptyWords(field),
                      models::valuesWords(field)},
            .marked = {false, pair.type, pair.empty, pair.values}};
}

} // namespace

QImage pictureOf(const ObjectPreview &preview)
{
    if (preview.kind != Kind::Picture)
        return {};
    QByteArray bytes = QByteArray::fromStdString(preview.bytes);
    QBuffer buffer(&bytes);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    const QSize size = reader.size();
    if (size.isValid() && (size.width() > kPictureSide || size.height() > kPictureSide))
        reader.setScaledSize(size.scaled(kPictureSide, kPictureSide, Qt::KeepAspectRatio));
    QImage image = reader.read();
    if (!image.isNull()) { // as it is in the object
        image.setText(QStringLiteral("width"), QString::number(size.isValid() ? size.width() : image.width()));
        image.setText(QStringLiteral("height"), QString::number(size.isValid() ? size.height() : image.height()));
    }
    return image;
}

/// Two pictures in the same scale, or one.
class PictureView final : public QWidget
{
public:
    using QWidget::QWidget;
    void set(const QImage &left, const QImage &right, bool alone)
    {
        m_left = left;
        m_right = right;
        m_alone = alone;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Tokens &t = tokens(this);
        painter.fillRect(rect(), t.canvas);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        const int half = m_alone ? 0 : width() / 2;
        if (!m_alone)
            paint(painter, QRect(0, 0, half, height()), m_left);
        paint(painter, QRect(half, 0, width() - half, height()), m_right);
        if (!m_alone)
            painter.fillRect(half, 0, 1, height(), t.border);
    }

private:
    static void paint(QPainter &painter, const QRect &area, const QImage &image)
    {
        if (image.isNull())
            return;
        const QRect room = area.adjusted(8, 8, -8, -8);
        QSize size = image.size();
        if (size.width() > room.width() || size.height() > room.height())
            size.scale(room.size(), Qt::KeepAspectRatio);
        QRect at(QPoint(), size);
        at.moveCenter(room.center());
        painter.drawImage(at, image);
    }
    QImage m_left;
    QImage m_right;
    bool m_alone = false;
};

PreviewView::PreviewView(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight);
    m_stack = new QStackedLayout(this);
    m_contents = new QWidget(this);
    auto *column = new QVBoxLayout(m_contents);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *names = new QHBoxLayout;
    names->setContentsMargins(8, 4, 8, 4);
    names->setSpacing(16);
    m_leftName = new Label({}, Tone::Second, 12, m_contents);
    m_rightName = new Label({}, Tone::Second, 12, m_contents);
    for (Label *label : {m_leftName, m_rightName}) {
        label->setElided(true);
        names->addWidget(label, 1);
    }
    column->addLayout(names);
    m_pair = new PairView(m_contents);
    m_pictures = new PictureView(m_contents);
    column->addWidget(m_pair, 1);
    column->addWidget(m_pictures, 1);
    m_note = new Label({}, Tone::Muted, 11, m_contents);
    m_note->setContentsMargins(8, 3, 8, 3);
    m_note->setElided(true);
    column->addWidget(m_note);
    auto *middle = new QWidget(this);
    auto *centred = new QVBoxLayout(middle);
    m_words = new Label({}, Tone::Second, 13, middle);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setWordWrap(true);
    centred->addWidget(m_words);
    m_stack->addWidget(m_contents);
    m_stack->addWidget(middle);
}

int PreviewView::differences() const
{
    return m_stack->currentWidget() == m_contents && !m_pair->isHidden() ? m_pair->blocks() : 0;
}

int PreviewView::step(int direction)
{
    m_pair->step(direction);
    return m_pair->block() + 1;
}

QString PreviewView::words() const
{
    return m_stack->currentIndex() == 1 ? m_words->text() : QString();
}

void PreviewView::showWords(const QString &words)
{
    m_words->setText(words);
    m_stack->setCurrentIndex(1);
}

void PreviewView::showOne(const PreviewSide &side)
{
    show(nullptr, side);
}

void PreviewView::showTwo(const PreviewSide &left, const PreviewSide &right)
{
    show(&left, right);
}

void PreviewView::show(const PreviewSide *left, const PreviewSide &right)
{
    const QString whyRight = reasonOf(right);
    const QString whyLeft = left ? reasonOf(*left) : QString();
    const bool nothing = !whyRight.isEmpty() && (!left || !whyLeft.isEmpty());
    m_leftName->setVisible(left != nullptr);
    m_leftName->setText(left ? factsOf(*left) : QString());
    m_rightName->setText(factsOf(right));
    if (nothing) {
        QStringList lines;
        if (left)
            lines << factsOf(*left) + QStringLiteral(": ") + whyLeft;
        lines << factsOf(right) + QStringLiteral(": ") + whyRight;
        return showWords(lines.join(QStringLiteral("\n\n")));
    }
    const ObjectPreview *a = left && whyLeft.isEmpty() ? &*left->preview : nullptr;
    const ObjectPreview *b = whyRight.isEmpty() ? &*right.preview : nullptr;
    const Kind kind = b ? b->kind : a->kind;
    m_pictures->setVisible(kind == Kind::Picture);
    m_pair->setVisible(kind != Kind::Picture);
    static const ObjectPreview none;
    if (kind == Kind::Picture)
        m_pictures->set(left ? left->picture : QImage(), right.picture, !left);
    else if (kind == Kind::Table)
        fillTable(a, b, !left);
    else
        fillText(left ? (a ? a : &none) : nullptr, b ? *b : none, !left);
    QStringList note;
    for (const auto &[side, preview] : {std::pair(left, a), {&right, b}})
        if (side && preview && !leftOut(*preview).isEmpty())
            note << (left ? side->name + QStringLiteral(": ") : QString()) + leftOut(*preview);
    for (const QString &why : {whyLeft, whyRight})
        if (!why.isEmpty())
            note << why;
    m_note->setVisible(!note.isEmpty());
    m_note->setText(note.join(QStringLiteral(" · ")));
    m_stack->setCurrentIndex(0);
}

void PreviewView::fillText(const ObjectPreview *left, const ObjectPreview &right, bool alone)
{
    std::vector<PairRow> rows;
    const std::vector<std::string> empty;
    const std::vector<std::string> &a = left ? left->lines : empty;
    for (const auto &[i, j] : text::linePairs(alone ? right.lines : a, right.lines)) {
        const bool differs =
            !alone && (i < 0 || j < 0 || a[static_cast<std::size_t>(i)] != right.lines[static_cast<std::size_t>(j)]);
        rows.push_back({alone ? PairSide{} : lineSide(a, i), lineSide(right.lines, j), differs});
    }
    m_pair->set({}, std::move(rows), alone);
}

void PreviewView::fillTable(const ObjectPreview *left, const ObjectPreview *right, bool alone)
{
    static const ObjectPreview none;
    const ObjectPreview &a = left ? *left : none;
    const ObjectPreview &b = right ? *right : none;
    std::vector<PairRow> rows;
    if (alone)
        for (int j = 0; j < static_cast<int>(b.fields.size()); ++j)
            rows.push_back({{.there = false}, fieldSide(b, j, {}), false});
    else
        for (const models::FieldPair &pair : models::fieldPairs(a.fields, b.fields))
            rows.push_back({fieldSide(a, pair.left, pair), fieldSide(b, pair.right, pair), pair.differs()});
    const QString empty = a.footer || b.footer ? tr("Nulls") : tr("Empty");
    m_pair->set({{tr("Field"), 4, false, true}, {tr("Type"), 4, false, true}, {empty, 2, true}, {tr("Values"), 5}},
                std::move(rows), alone);
}

} // namespace andon::ui
