#include "ui/widgets/factlayout.h"

#include "ui/theme/style.h"

#include <cmath>

namespace andon::ui
{

namespace
{

using Ink = FactPiece::Ink;

constexpr double kShape = 17; // a status and the space behind it
constexpr double kSymbol = 72; // of a step

double wide(const QFont &font, const QString &text)
{
    return QFontMetricsF(font).horizontalAdvance(text) + 2;
}

/// Sets one fact below another.
class Setter
{
public:
    Setter(const Fact &fact, double top, double width)
        : m_fact(fact)
        , m_top(top)
        , m_room(width - 2 * kFactSide)
        , m_shape(fact.status >= 0 ? kShape : 0)
    {
    }
    FactLine set(bool first, double width);

private:
    double put(const QString &text, const QFont &font, double x, double room, Ink ink, double dy = 0,
               Qt::Alignment align = Qt::AlignLeft);
    void section(bool first);
    void row();
    void amount();
    void rule();
    void finding();
    void figure();
    void step();

    const Fact &m_fact;
    double m_top;
    double m_room;
    double m_shape;
    double m_tall = 0;
    double m_before = 0;
    FactLine m_line;
    QFont m_small = ui::font(11);
    QFont m_body = ui::font(12);
    QFont m_strong = ui::font(12, true);
    QFont m_mono = monoFont(11);
};

double Setter::put(const QString &text, const QFont &font, double x, double room, Ink ink, double dy,
                   Qt::Alignment align)
{
    if (text.isEmpty())
        return 0;
    auto layout = std::make_unique<QTextLayout>(QString(text).replace(u'\n', QChar::LineSeparator), font);
    QTextOption option(align);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere); // ids and addresses have no spaces
    layout->setTextOption(option);
    layout->beginLayout();
    double y = 0;
    for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
        line.setLineWidth(std::max(20.0, room));
        line.setPosition(QPointF(0, y));
        y += std::ceil(line.height());
    }
    layout->endLayout();
    m_line.pieces.push_back({std::move(layout), QPointF(kFactSide + x, m_top + m_before + dy), ink});
    m_tall = std::max(m_tall, dy + y);
    return y;
}

void Setter::section(bool first)
{
    m_before = first ? 4 : 14;
    const double title = wide(m_strong, m_fact.name) + 8;
    const bool beside = title + wide(m_small, m_fact.note) <= m_room;
    const double h = put(m_fact.name, m_strong, 0, m_room, Ink::Text);
    put(m_fact.note, m_small, beside ? title : 0, beside ? m_room - title : m_room, Ink::Muted, beside ? 1 : h);
    m_tall += 3;
}

void Setter::row()
{
    const double left = kFactNames + m_shape;
    put(m_fact.name, m_body, 0, kFactNames - 8, Ink::Muted);
    const double h = put(m_fact.value,
                         m_fact.code         ? m_mono
                             : m_fact.strong ? m_strong
                                             : m_body,
                         left, m_room - left, m_fact.link.isEmpty() ? Ink::Text : Ink::Link);
    put(m_fact.note, m_small, left, m_room - left, Ink::Muted, h);
}

void Setter::amount()
{
    const double value = wide(m_strong, m_fact.value);
    const double h = put(m_fact.name, m_body, m_shape, m_room - value - 12 - m_shape, Ink::Second);
    put(m_fact.value, m_fact.strong ? m_strong : m_body, 0, m_room, Ink::Text, 0, Qt::AlignRight);
    put(m_fact.note, m_small, m_shape, m_room - m_shape, Ink::Muted, h);
}

void Setter::rule()
{
    const QFont &font = m_fact.strong ? m_strong : m_body;
    const Ink ink = m_fact.strong ? Ink::Text : Ink::Muted;
    put(m_fact.name, font, 0, 16, ink, 2);
    put(m_fact.note, font, 18, m_room - wide(font, m_fact.value) - 26, ink, 2);
    put(m_fact.value, font, 0, m_room, ink, 2, Qt::AlignRight);
    m_tall += 2;
}

void Setter::finding()
{
    const double h = put(m_fact.name, m_strong, kShape, m_room - kShape, Ink::Text, 2);
    put(m_fact.value, m_body, kShape, m_room - kShape, Ink::Second, 2 + h);
    m_tall += 4;
}

void Setter::figure()
{
    const QFont big = ui::font(26, true);
    const double value = wide(big, m_fact.value) + 8;
    double below = put(m_fact.value, big, 0, m_room, Ink::Text);
    if (value + wide(m_strong, m_fact.name) <= m_room)
        put(m_fact.name, m_strong, value, m_room - value, Ink::Text,
            QFontMetricsF(big).ascent() - QFontMetricsF(m_strong).ascent());
    else
        below += put(m_fact.name, m_strong, 0, m_room, Ink::Text, below);
    put(m_fact.note, m_body, 0, m_room, Ink::Muted, below + 2);
    m_tall += 2;
}

void Setter::step()
{
    put(m_fact.name, m_mono, 0, kSymbol - 6, Ink::Second, 1);
    const double value = wide(m_strong, m_fact.value);
    const bool beside = kSymbol + wide(m_body, m_fact.note) + 8 + value <= m_room;
    const double h = put(m_fact.note, m_body, kSymbol, m_room - kSymbol - (beside ? value + 8 : 0), Ink::Second);
    put(beside ? m_fact.value : QStringLiteral("= ") + m_fact.value, m_strong, kSymbol, m_room - kSymbol, Ink::Text,
        beside ? 0 : h, beside ? Qt::AlignRight : Qt::AlignLeft);
    m_tall += 2;
}

FactLine Setter::set(bool first, double width)
{
    switch (m_fact.kind) {
    case Fact::Kind::Section:
        section(first);
        break;
    case Fact::Kind::Row:
        row();
        break;
    case Fact::Kind::Amount:
        amount();
        break;
    case Fact::Kind::Text:
        put(m_fact.value, m_fact.code ? m_mono : m_body, m_shape, m_room - m_shape, Ink::Second);
        break;
    case Fact::Kind::Code:
        m_before = 4;
        put(m_fact.value, m_mono, 8, m_room - 16, Ink::Second, 5);
        m_tall += 6;
        break;
    case Fact::Kind::Rule:
        rule();
        break;
    case Fact::Kind::Finding:
        finding();
        break;
    case Fact::Kind::Figure:
        figure();
        break;
    case Fact::Kind::Step:
        step();
        break;
    case Fact::Kind::Link:
        put(m_fact.value, m_body, m_shape, m_room - m_shape, Ink::Link, 2);
        m_tall += 2;
        break;
    }
    m_line.rect = QRectF(0, m_top, width, m_before + m_tall).toAlignedRect();
    return std::move(m_line);
}

} // namespace

std::vector<FactLine> layOutFacts(const std::vector<Fact> &facts, int width, int *height)
{
    std::vector<FactLine> lines;
    double y = 4;
    for (const Fact &fact : facts) {
        lines.push_back(Setter(fact, y, width).set(lines.empty(), width));
        y = lines.back().rect.bottom() + 3;
    }
    *height = static_cast<int>(y) + 8;
    return lines;
}

} // namespace andon::ui
