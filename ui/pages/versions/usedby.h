#pragma once
// Who used a commit's data: runs, how that is known, and the model versions that came of it. GUI thread.
#include "factory/commitcontext.h"
#include "ui/widgets/card.h"

class QGridLayout;

namespace andon::ui
{

class UsedBy final : public Card
{
    Q_OBJECT
public:
    explicit UsedBy(QWidget *parent = nullptr);
    /// Hidden when nobody used it and nothing went wrong.
    void set(const factory::CommitContext &context, core::Instant now);

Q_SIGNALS:
    void linkRequested(const QString &link); ///< "model:fraud-llm@14"

private:
    void addRow(QGridLayout &grid, const lineage::Use &use, core::Instant now);
};

} // namespace andon::ui
