#pragma once
// From revenue to margin: what of it the GPU time took that was used, what the time that was only held, what the shared
// costs. Bars on one scale that begins at 0. GUI thread.
#include "economics/kpi.h"

#include <QWidget>

namespace andon::ui
{

/// The steps of one row; a reason when something of it is not known.
struct MoneySteps {
    struct Step {
        QString name = {};
        QString note = {};
        core::Money amount = {};
        bool total = false; ///< stands on the axis; otherwise it hangs from what is before
        bool operator==(const Step &) const = default;
    };
    std::vector<Step> steps = {};
    QString missing = {};
    bool operator==(const MoneySteps &) const = default;
};
[[nodiscard]] MoneySteps moneySteps(const economics::KpiRow &row);

class MoneyBridge final : public QWidget
{
    Q_OBJECT
public:
    explicit MoneyBridge(QWidget *parent = nullptr);
    void set(MoneySteps steps);
    [[nodiscard]] QSize sizeHint() const override { return {420, 190}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 150}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    MoneySteps m_steps;
};

} // namespace andon::ui
