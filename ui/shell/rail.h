#pragma once
// The navigation rail: one item per page, Settings at the bottom. GUI thread.
#include "ui/theme/shapes.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace andon::ui
{

class Rail final : public QWidget
{
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);
    void add(Glyph glyph, const QString &title, bool bottom);
    void setCurrent(int index);
    void setBadge(int index, std::optional<Status> status);

Q_SIGNALS:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Item {
        Glyph glyph = Glyph::Floor;
        QString title = {};
        bool bottom = false;
        std::optional<Status> badge = {};
    };
    [[nodiscard]] QRect rectOf(int index) const;
    [[nodiscard]] int at(const QPoint &point) const;

    std::vector<Item> m_items;
    int m_current = 0;
    int m_hovered = -1;
};

} // namespace andon::ui
