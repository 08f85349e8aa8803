#pragma once
// The verdict of the storage diagnosis: what it is and since when, what it costs, the signals that decided, the other
// causes that were looked for, and what would sharpen it. GUI thread.
#include "factory/machineviews.h"
#include "models/celltable.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace andon::ui
{

class CauseGrid;
class Label;
class Table;
class VerdictFigures;
class VerdictHead;

class VerdictCard final : public QWidget
{
    Q_OBJECT
public:
    explicit VerdictCard(QWidget *parent = nullptr);
    /// workload: "namespace/pod" whose signals are shown, "" for the worst.
    void set(const factory::StorageView &view, const QString &workload, core::Instant now);
    [[nodiscard]] QString summary() const { return m_summary; } ///< to send to somebody

Q_SIGNALS:
    void linkRequested(const QString &link);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildAdvice(QVBoxLayout *column);
    void buildSections(QVBoxLayout *column);
    void setSignals(const factory::DiagnosisRow &row);
    void setMissing(const factory::DiagnosisRow &row, const std::vector<factory::RivalCheck> &rivals);

    models::CellTable m_signals;
    models::CellTable m_missing;
    VerdictHead *m_head = nullptr;
    Label *m_sentence = nullptr;
    VerdictFigures *m_figures = nullptr;
    QWidget *m_adviceBox = nullptr;
    Label *m_advice = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_gpus = nullptr;
    QWidget *m_sections = nullptr;
    Label *m_signalsNote = nullptr;
    Label *m_causesNote = nullptr;
    CauseGrid *m_causes = nullptr;
    Label *m_missingNote = nullptr;
    Table *m_missingTable = nullptr;
    QString m_summary;
    QString m_link;
    int m_status = 0;
};

/// Shape and title. GUI thread.
class VerdictHead final : public QWidget
{
    Q_OBJECT
public:
    explicit VerdictHead(QWidget *parent = nullptr);
    void set(int status, const QString &title);
    [[nodiscard]] QSize sizeHint() const override { return {300, 34}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_status = 0;
    QString m_title;
};

/// Figures side by side. GUI thread.
class VerdictFigures final : public QWidget
{
    Q_OBJECT
public:
    struct Figure {
        QString title = {};
        QString digits = {};
        QString note = {};
    };
    explicit VerdictFigures(QWidget *parent = nullptr);
    void set(std::vector<Figure> figures);
    [[nodiscard]] QSize sizeHint() const override { return {300, 66}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QRect cell(std::size_t index) const;
    std::vector<Figure> m_figures;
};

/// The other causes in two columns, each with its result. GUI thread.
class CauseGrid final : public QWidget
{
    Q_OBJECT
public:
    explicit CauseGrid(QWidget *parent = nullptr);
    void set(std::vector<factory::RivalCheck> checks);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QRect cell(std::size_t index) const;
    std::vector<factory::RivalCheck> m_checks;
};

} // namespace andon::ui
