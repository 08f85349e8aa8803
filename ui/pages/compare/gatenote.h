#pragma once
// One line below a comparison: which gates what came to B went past. GUI thread.
#include "factory/comparecontext.h"

#include <QWidget>

class QPushButton;

namespace andon::ui
{

class Label;

class GateNote final : public QWidget
{
    Q_OBJECT
public:
    explicit GateNote(QWidget *parent = nullptr);
    /// Hidden when nothing went past a gate.
    void set(const core::RepositoryId &repo, const std::vector<factory::PastGate> &past, bool more);

Q_SIGNALS:
    void linkRequested(const QString &link);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_headline = nullptr;
    Label *m_detail = nullptr;
    QPushButton *m_commit = nullptr;
    QString m_link;
};

} // namespace andon::ui
