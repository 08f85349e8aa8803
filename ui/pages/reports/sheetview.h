#pragma once
// The pages of a report as they will be printed: beside each other where there is room for two that can be read. GUI
// thread.
#include "reports/kpireport.h"

#include <QWidget>

namespace andon::ui
{

class SheetView final : public QWidget
{
    Q_OBJECT
public:
    explicit SheetView(QWidget *parent = nullptr);
    void set(std::shared_ptr<const reports::KpiPages> pages);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override { return {900, heightForWidth(900)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 320}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRectF rectOf(int page, int width) const;
    std::shared_ptr<const reports::KpiPages> m_pages;
};

} // namespace andon::ui
