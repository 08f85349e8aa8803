#pragma once
// What is known of one thing, for a narrow pane: sections of named values, rules, findings, steps of a calculation.
// Everything wraps, nothing is cut off; a right click copies. Server text is shown as it is. GUI thread.
#include "ui/widgets/factlayout.h"

#include <QWidget>

class QScrollArea;

namespace andon::ui
{

class FactSheet final : public QWidget
{
    Q_OBJECT
public:
    explicit FactSheet(QWidget *parent = nullptr);
    void set(std::vector<Fact> facts);
    [[nodiscard]] const std::vector<Fact> &facts() const { return m_facts; }
    /// All of it as lines of plain text: what "Copy all" copies and a screen reader reads.
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 40}; }

Q_SIGNALS:
    void linkRequested(const QString &link);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void arrange();
    [[nodiscard]] int at(const QPoint &point) const; ///< index of the fact; -1

    std::vector<Fact> m_facts;
    std::vector<FactLine> m_lines;
    int m_width = -1;
};

/// A sheet that scrolls upright and never sideways.
class FactPane final : public QWidget
{
    Q_OBJECT
public:
    explicit FactPane(QWidget *parent = nullptr);
    [[nodiscard]] FactSheet *sheet() const { return m_sheet; }
    void set(std::vector<Fact> facts); ///< and scrolls to the top when they are of something else

private:
    FactSheet *m_sheet = nullptr;
    QScrollArea *m_scroll = nullptr;
};

} // namespace andon::ui
