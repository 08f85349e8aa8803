#include "ui/widgets/filterbar.h"

#include "text/units.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/filterhint.h"
#include "ui/widgets/filteroffers.h"
#include "ui/widgets/tile.h"

#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPainter>

namespace andon::ui
{

namespace
{

constexpr int kGlyph = 24; // px, left of the words
constexpr int kClear = 22; // the button, while there are words

enum Look { Plain, Filters, Wrong };

using Kind = text::FilterSpan::Kind;

QTextCharFormat formatOf(Kind kind, bool unfinished, const Tokens &t)
{
    QTextCharFormat format;
    switch (kind) {
    case Kind::Field:
        format.setForeground(t.link);
        break;
    case Kind::Operator:
        format.setForeground(t.muted);
        break;
    case Kind::Expression:
        format.setForeground(t.of(Status::Maintenance));
        break;
    case Kind::Bad:
        format.setForeground(unfinished ? t.text2 : t.of(Status::Critical));
        format.setUnderlineStyle(unfinished ? QTextCharFormat::DotLine : QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(unfinished ? t.muted : t.of(Status::Critical));
        break;
    default:
        format.setForeground(t.text);
    }
    return format;
}

} // namespace

FilterBar::FilterBar(const QString &name, Grammar grammar, QWidget *parent)
    : QLineEdit(parent)
    , m_grammar(std::move(grammar))
{
    setAccessibleName(name);
    setPlaceholderText(name);
    setFont(ui::font(12));
    setFixedHeight(28);
    connect(this, &QLineEdit::textChanged, this, [this] {
        setClearButtonEnabled(true); // not before: its icon is looked for in every icon theme, 7 ms of a start
        read();
    });
    connect(this, &QLineEdit::textEdited, this, [this] { offer(false); });
    arrange();
}

void FilterBar::readAgain()
{
    if (!text().isEmpty())
        read();
}

void FilterBar::read()
{
    const text::FilterGrammar grammar = m_grammar();
    text::ParsedFilter parsed = text::parseFilter(text(), grammar);
    m_spans = std::move(parsed.spans);
    m_problem = std::move(parsed.problem);
    const bool wrong = m_problem && !m_problem->unfinished;
    setProperty("look", wrong ? Wrong : parsed.filter.empty() ? Plain : Filters);
    setAccessibleDescription(m_problem ? m_problem->sentence : m_counts);
    colour();
    sayProblem();
    update();
    if (wrong || parsed.filter == m_filter)
        return;
    m_filter = std::move(parsed.filter);
    Q_EMIT filterChanged(m_filter);
}

void FilterBar::colour()
{
    if (m_composing)
        return;
    // A line edit takes formats of its text only by way of the input method.
    const Tokens &t = tokens(this);
    QList<QInputMethodEvent::Attribute> attributes;
    for (const text::FilterSpan &span : m_spans)
        attributes.append({QInputMethodEvent::TextFormat, span.start - cursorPosition(), span.length,
                           formatOf(span.kind, m_problem && m_problem->unfinished, t)});
    QInputMethodEvent event({}, attributes);
    QLineEdit::inputMethodEvent(&event);
}

void FilterBar::sayProblem()
{
    const bool wrong = m_problem && !m_problem->unfinished && hasFocus();
    if (wrong && m_offers)
        m_offers->hide();
    if (wrong && !m_hint)
        m_hint = new FilterHint(this);
    if (!wrong && m_hint)
        m_hint->hide();
    if (wrong)
        m_hint->say(m_problem->sentence
                    + (m_problem->instead.isEmpty() ? QString() : u' ' + tr("Tab takes %1.").arg(m_problem->instead)));
}

void FilterBar::setCounts(std::int64_t shown, std::int64_t all)
{
    m_counts = m_filter.empty() ? QString() : tr("%1 of %2").arg(text::count(shown), text::count(all));
    if (!m_problem)
        setAccessibleDescription(m_counts);
    arrange();
    update();
}

void FilterBar::focusAll()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void FilterBar::arrange()
{
    const int counts = m_counts.isEmpty() || width() < 160 ? 0 : QFontMetrics(ui::font(11)).horizontalAdvance(m_counts);
    setTextMargins(kGlyph - 4, 0, counts ? counts + 8 : 0, 0);
}

bool FilterBar::offering() const
{
    return m_offers && m_offers->isVisible();
}

void FilterBar::offer(bool asked)
{
    m_completion = text::completeFilter(text(), cursorPosition(), m_grammar());
    const bool begun = m_completion.length > 0 || (m_completion.start > 0 && !text()[m_completion.start - 1].isSpace());
    if (m_completion.words.isEmpty() || (!asked && !begun)) {
        if (m_offers)
            m_offers->hide();
        return;
    }
    if (!m_offers) {
        m_offers = new FilterOffers(this);
        connect(m_offers, &FilterOffers::taken, this, &FilterBar::take);
    }
    const int left =
        cursorRect().left() - fontMetrics().horizontalAdvance(text().mid(m_completion.start, m_completion.length));
    m_offers->offer(m_completion.words, std::max(0, left));
}

void FilterBar::take(const QString &word)
{
    if (m_offers)
        m_offers->hide();
    const int end = m_completion.start + m_completion.length;
    QString words = text();
    const bool goesOn = word.endsWith(u':') || word == u">" || word == u"<";
    const bool spaced = end < words.size() && (words[end].isSpace() || words[end] == u',');
    const QString whole = goesOn || spaced ? word : word + u' ';
    words.replace(m_completion.start, m_completion.length, whole);
    setText(words);
    setCursorPosition(m_completion.start + static_cast<int>(whole.size()));
    colour();
    if (word.endsWith(u':'))
        offer(true);
}

bool FilterBar::takeInstead()
{
    if (!m_problem || m_problem->unfinished || m_problem->instead.isEmpty())
        return false;
    const text::FilterProblem problem = *m_problem;
    setText(QString(text()).replace(problem.start, problem.length, problem.instead));
    setCursorPosition(problem.start + static_cast<int>(problem.instead.size()));
    colour();
    return true;
}

bool FilterBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) // made when it is looked at: the fields come with the rows
        setToolTip(tipOf(m_problem ? m_problem->sentence + QStringLiteral("\n\n") + text::filterHelp(m_grammar().fields)
                                   : text::filterHelp(m_grammar().fields)));
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Tab && key->modifiers() == Qt::NoModifier && takeTab())
            return true;
    }
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        colour();
    return QLineEdit::event(event);
}

bool FilterBar::takeTab()
{
    if (!offering())
        return takeInstead();
    const QString chosen = m_offers->chosen();
    take(chosen.isEmpty() ? m_offers->first() : chosen);
    return true;
}

void FilterBar::leave()
{
    m_list ? m_list->setFocus(Qt::OtherFocusReason) : clearFocus();
}

/// A key while something is offered.
bool FilterBar::offersKey(int key)
{
    const QString chosen = m_offers->chosen();
    switch (key) {
    case Qt::Key_Down:
        m_offers->step(1);
        return true;
    case Qt::Key_Up:
        m_offers->step(-1);
        return true;
    case Qt::Key_Escape:
        m_offers->hide();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (chosen.isEmpty())
            m_offers->hide(); // the words stand as they are
        else
            take(chosen);
        return !chosen.isEmpty();
    default:
        return false;
    }
}

void FilterBar::keyPressEvent(QKeyEvent *event)
{
    if (offering() && offersKey(event->key()))
        return event->accept();
    switch (event->key()) {
    case Qt::Key_Escape:
        text().isEmpty() ? leave() : clear();
        return event->accept();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        QLineEdit::keyPressEvent(event); // whoever waits for returnPressed goes before
        if (!m_problem && m_list)
            leave();
        return event->accept();
    case Qt::Key_Down:
        offer(true);
        if (!offering())
            leave();
        return event->accept();
    case Qt::Key_Space:
        if (event->modifiers() == Qt::ControlModifier)
            return offer(true);
        break;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterBar::inputMethodEvent(QInputMethodEvent *event)
{
    m_composing = !event->preeditString().isEmpty();
    QLineEdit::inputMethodEvent(event);
    colour();
}

void FilterBar::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    sayProblem();
    Q_EMIT entered();
}

void FilterBar::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (m_hint)
        m_hint->hide();
    if (m_offers)
        m_offers->hide();
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    arrange();
}

void FilterBar::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF mark(7, (height() - 12) / 2.0, 12, 12);
    const int look = property("look").toInt();
    if (look == Wrong) {
        paintStatus(painter, mark, Status::Critical, t);
    } else {
        painter.setPen(QPen(look == Filters ? t.accent : t.muted, 1.5));
        painter.setBrush(look == Filters ? QBrush(t.accent) : QBrush());
        const QPointF funnel[] = {{mark.left(), mark.top() + 1},          {mark.right(), mark.top() + 1},
                                  {mark.left() + 7.5, mark.top() + 6},    {mark.left() + 7.5, mark.bottom()},
                                  {mark.left() + 4.5, mark.bottom() - 2}, {mark.left() + 4.5, mark.top() + 6}};
        painter.drawPolygon(funnel, 6);
    }
    if (textMargins().right() == 0)
        return;
    painter.setFont(ui::font(11));
    painter.setPen(t.text2);
    painter.drawText(rect().adjusted(0, 0, -(text().isEmpty() ? 6 : kClear + 4), 0), Qt::AlignVCenter | Qt::AlignRight,
                     m_counts);
}

} // namespace andon::ui
