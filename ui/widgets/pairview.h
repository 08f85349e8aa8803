#pragma once
// Two lists of rows beside each other that scroll together: what went is marked −, what came +, what is on one side
// only is hatched on the other. One list alone, too. GUI thread.
#include <QAbstractScrollArea>

#include <vector>

namespace andon::ui
{

struct Tokens;

struct PairSide {
    bool there = true;
    std::vector<QString> cells = {};
    std::vector<bool> marked = {}; ///< cells that differ; may be empty
};

struct PairRow {
    PairSide left = {};
    PairSide right = {};
    bool differs = false;
};

class PairView final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    struct Column {
        QString title = {};
        int share = 1; ///< of the room that the cells leave
        bool right = false;
        bool code = false;
    };
    explicit PairView(QWidget *parent = nullptr);
    /// No columns: lines of text, which scroll sideways. alone: only the right sides.
    void set(std::vector<Column> columns, std::vector<PairRow> rows, bool alone);
    [[nodiscard]] const std::vector<PairRow> &rows() const { return m_rows; }
    /// To the next (1) or the previous (-1) block of rows that differ; around at the end.
    void step(int direction);
    [[nodiscard]] int blocks() const { return static_cast<int>(m_blocks.size()); } ///< of rows that differ
    [[nodiscard]] int block() const { return m_block; } ///< that was stepped to, from 0; the first at the beginning

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override; ///< tells what a cell that is cut off says

private:
    void arrange();
    [[nodiscard]] int headerHeight() const;
    [[nodiscard]] QRect cell(const QRect &area, std::size_t column) const;
    [[nodiscard]] QString hidden(const QPoint &at) const; ///< "" when it is not cut off
    void paintSide(QPainter &painter, const QRect &area, const PairSide &side, bool left, bool differs,
                   const Tokens &t) const;
    void paintHeader(QPainter &painter, const QRect &area, const Tokens &t) const;

    [[nodiscard]] QFont fontOf(std::size_t column, int size) const;
    [[nodiscard]] std::vector<int> natural(int size) const; ///< how wide the cells of each column are
    void fit(int room);

    std::vector<Column> m_columns;
    std::vector<int> m_widths; ///< of the columns, the gaps behind them included
    std::vector<int> m_natural[2]; ///< in the usual and in the small size
    int m_size = 0; ///< of the cells: the small one where the usual one would cut them off
    void lookAt(int block);
    std::vector<PairRow> m_rows;
    std::vector<int> m_blocks; ///< where they begin
    int m_block = 0;
    bool m_alone = false;
    int m_longest = 0; ///< characters of a line
};

} // namespace andon::ui
