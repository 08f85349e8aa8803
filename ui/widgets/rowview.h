#pragma once
// Rows of 24 px below a header, of which only those that are seen are painted: a million cost what thirty do. Who
// derives from it says how many there are and paints a cell. Keys, hover, sorting at the header, tooltips of what is
// cut off. GUI thread.
#include <QAbstractScrollArea>

#include <vector>

namespace andon::ui
{

struct Tokens;

class RowView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    struct Column {
        QString title = {};
        int width = 0; ///< px; 0 stretches
        bool right = false;
        bool sorts = false;
        int need = 0; ///< px; a narrower view leaves the column out
    };
    explicit RowView(std::vector<Column> columns, QWidget *parent = nullptr);
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int row); ///< scrolls there and tells nobody; -1: none
    void setSort(int column, bool descending); ///< -1: none
    [[nodiscard]] virtual int rowCount() const = 0;

Q_SIGNALS:
    void currentChanged(int row); ///< by the person
    void activated(int row); ///< double click or Enter
    void sortRequested(int column);
    void menuRequested(int row, const QPoint &at); ///< of the screen
    void scrolled(); ///< other rows are seen

protected:
    virtual void paintCell(QPainter &painter, const QRect &cell, int row, int column, const Tokens &t) const = 0;
    /// For its tooltip; "" none.
    [[nodiscard]] virtual QString tipOf(int row, int column) const = 0;
    /// Left (-1) or right (1) was pressed, or the row's start was clicked (0).
    virtual void fold(int row, int direction);
    [[nodiscard]] virtual bool folds(int row, int x) const; ///< a click there folds it
    void rowsChanged(); ///< there are more or fewer, or others
    [[nodiscard]] int firstRow() const;
    [[nodiscard]] int seenRows() const; ///< that fit, the last one cut off included
    /// Text with what does not fit elided, 12 px.
    static void drawText(QPainter &painter, const QRect &cell, const QString &text, const QColor &colour, bool right,
                         bool strong = false, bool mono = false);
    [[nodiscard]] const std::vector<Column> &columns() const { return m_columns; }

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override;

private:
    [[nodiscard]] std::vector<QRect> cells() const; ///< of one row, at 0; empty where a column is left out
    [[nodiscard]] int rowAt(int y) const; ///< -1
    [[nodiscard]] int columnAt(int x) const;
    void paintHeader(QPainter &painter, const std::vector<QRect> &cells, const Tokens &t) const;
    void choose(int row);

    std::vector<Column> m_columns;
    int m_current = -1;
    int m_hovered = -1;
    int m_sort = -1;
    bool m_descending = false;
};

} // namespace andon::ui
