#pragma once
// How many GPUs compute how much now: ten bars from 0 to 100 % and where the mean is. GUI thread.
#include <QWidget>

#include <array>
#include <optional>

namespace andon::ui
{

class Histogram final : public QWidget
{
    Q_OBJECT
public:
    explicit Histogram(QWidget *parent = nullptr);
    void set(const std::vector<double> &ratios);
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 96}; }
    [[nodiscard]] QSize sizeHint() const override { return {300, 120}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::array<int, 10> m_bars = {};
    std::optional<double> m_mean;
};

} // namespace andon::ui
