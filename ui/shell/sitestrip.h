#pragma once
// One tile per site, and the way into the command palette. GUI thread.
#include "ui/shell/sitehost.h"

#include <QWidget>

namespace andon::ui
{

class SiteStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit SiteStrip(QWidget *parent = nullptr);
    void set(std::vector<SiteTile> tiles, const core::SiteName &current);

Q_SIGNALS:
    void chosen(const QString &name);
    void paletteRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] QRect rectOf(std::size_t index) const;
    [[nodiscard]] QRect searchRect() const;
    std::vector<SiteTile> m_tiles;
    core::SiteName m_current;
};

} // namespace andon::ui
